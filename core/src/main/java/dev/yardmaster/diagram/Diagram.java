package dev.yardmaster.diagram;

import dev.yardmaster.event.Json;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.graph.Graph;
import java.util.List;

/**
 * Draws graphs, and runs on top of them. Whatever names hold, it can't break out of the picture: in
 * <a href="https://mermaid.js.org/syntax/flowchart.html">Mermaid</a> they appear only inside quoted labels, as numbered
 * characters.
 */
public final class Diagram {

    private Diagram() {}

    /** The graph as a Mermaid flowchart; conditional edges are dotted. */
    public static String mermaid(Graph graph) {
        return mermaid(graph, List.of());
    }

    /**
     * A run as the picture of its graph: nodes that are running, completed or failed are marked, with how often they ran
     * and how long that took from the first start to the last end.
     *
     * @param entries the run's entries, from the first on: {@code RunView.entries()}
     */
    public static String mermaid(Graph graph, List<RunEvent.Recorded> entries) {
        return new Mermaid(Picture.of(graph, entries)).text();
    }

    /** The graph as JSON: {@code {version, graph, start, nodes: [{path, name, kind, inner}], edges: [{from, to, kind}]}}. */
    public static Json json(Graph graph) {
        return json(graph, List.of());
    }

    /** A run as the JSON of its graph; nodes it reached have {@code run: {status, executions, millis}}. */
    public static Json json(Graph graph, List<RunEvent.Recorded> entries) {
        return Json.of(Picture.of(graph, entries));
    }
}
