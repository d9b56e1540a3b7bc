package dev.yardmaster.diagram;

import dev.yardmaster.event.RunEvent;
import dev.yardmaster.graph.Edge;
import dev.yardmaster.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is drawn. Its JSON form is the one of {@link Diagram#json}. */
record Picture(int version, String graph, String start, List<Node> nodes, List<Arrow> edges) {

    /**
     * @param path its place: {@code backend/test}, without iterations and elements
     * @param kind {@code graph}, {@code forEach}, {@code agent}, {@code node} …
     * @param run what a run did there; empty where it did nothing, and in a picture of a graph alone
     * @param inner what a graph is made of
     */
    record Node(String path, String name, String kind, Optional<Seen> run, Optional<Picture> inner) {}

    /** @param status {@code running}, {@code completed} or {@code failed} @param millis from first start to last end */
    record Seen(String status, int executions, long millis) {}

    /** @param kind {@code plain}, {@code when} or {@code choice} */
    record Arrow(String from, String to, String kind) {}

    static Picture of(Graph graph, List<RunEvent.Recorded> entries) {
        return of(graph, "", Trace.of(entries));
    }

    private static Picture of(Graph graph, String prefix, Trace trace) {
        var nodes = new ArrayList<Node>();
        for (String name : graph.nodes()) {
            String path = prefix + name;
            Optional<Picture> inner = graph.node(name) instanceof Graph within
                    ? Optional.of(of(within, path + "/", trace))
                    : Optional.empty();
            Optional<Seen> seen = trace.at(path)
                    .map(at -> new Seen(
                            status(at, inner), at.executions(), at.took().toMillis()));
            nodes.add(new Node(path, name, graph.kind(name), seen, inner));
        }
        var arrows = graph.edges().stream().map(Picture::arrow).toList();
        return new Picture(1, graph.name(), graph.start(), nodes, arrows);
    }

    /** A graph that has not completed is as its nodes are. */
    private static String status(Trace.At at, Optional<Picture> inner) {
        if (inner.isEmpty() || at.executions() > 0 && at.status().equals("failed")) {
            return at.status();
        }
        var within = inner.get().nodes().stream()
                .flatMap(node -> node.run().stream())
                .map(Seen::status)
                .toList();
        return within.contains("running")
                ? "running"
                : within.contains("failed") ? "failed" : at.executions() > 0 ? at.status() : "running";
    }

    private static Arrow arrow(Edge edge) {
        return new Arrow(edge.from(), edge.to(), edge.kind().name().toLowerCase(java.util.Locale.ROOT));
    }
}
