package dev.yardmaster.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Failure;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.Update;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiagramTest {

    static final Node NOTHING = (state, context) -> Update.none();
    static final Channel<List<String>> FILES = Channel.listOf("files", String.class);
    static final Channel<String> FILE = Channel.of("file", String.class);
    static final Graph INNER =
            Graph.builder("inner").node("x", NOTHING).start("x").build();
    static final Graph GRAPH = Graph.builder("g")
            .channels(FILES)
            .node("build", NOTHING)
            .node("sub", INNER)
            .forEach("each", FILES, FILE, NOTHING, Channel.of("out", String.class), FILES, 2)
            .start("build")
            .edge("build", "sub")
            .edge("build", "each", state -> true)
            .choose("sub", state -> "build", "build", Graph.END)
            .build();

    private final List<RunEvent.Recorded> entries = new ArrayList<>();

    private void at(long millis, String path, Fact fact) {
        entries.add(new RunEvent.Recorded(
                new RunId("r"), entries.size(), Instant.ofEpochMilli(millis), new Entry(NodePath.of(path), fact)));
    }

    private static Graph named(String name) {
        return Graph.builder("g").node(name, NOTHING).start(name).build();
    }

    @Test
    void draws_nodes_edges_subgraphs_and_ends() {
        var graph = Graph.builder("g")
                .node("build", NOTHING)
                .node("sub", INNER)
                .start("build")
                .edge("build", "sub")
                .choose("sub", state -> "build", "build", Graph.END)
                .build();
        assertThat(Diagram.mermaid(graph)).isEqualTo("""
                flowchart TD
                  n0["build"]
                  subgraph n1["sub"]
                    n2["x"]
                    s3(( )) --> n2
                  end
                  s4(( )) --> n0
                  n0 --> n1
                  n1 -.-> n0
                  e5(((END)))
                  n1 -.-> e5
                """);
    }

    @Test
    void keeps_names_inside_their_labels() {
        String picture = Diagram.mermaid(named("a\";click-n0<script>%%"));
        assertThat(picture)
                .doesNotContain("<script>", "%%")
                .contains("n0[\"a#34;#59;click-n0#60;script#62;#37;#37;\"]");
    }

    @Test
    void marks_what_a_run_did_with_how_often_and_how_long() {
        at(0, "build", new Fact.NodeStarted(1));
        at(1_500, "build", new Fact.NodeCompleted(List.of(), List.of()));
        at(1_500, "sub/x", new Fact.NodeStarted(1));
        at(1_600, "sub/x", new Fact.NodeCompleted(List.of(), List.of()));
        at(1_600, "sub", new Fact.NodeCompleted(List.of(), List.of("build")));
        at(1_600, "build#2", new Fact.NodeStarted(1));
        String picture = Diagram.mermaid(GRAPH, entries);
        assertThat(picture)
                .contains("n0[\"build<br/>running, 2 times, 1.6 s\"]")
                .contains("subgraph n1[\"sub<br/>completed, 100 ms\"]")
                .contains("n4[[\"each #40;each#41;\"]]")
                .contains("class n0 running", "class n1 completed", "class n2 completed");
    }

    @Test
    void a_graph_is_failed_when_something_in_it_failed() {
        at(0, "sub/x", new Fact.NodeStarted(1));
        at(5, "sub/x", new Fact.NodeFailed(Failure.of("k", "m", NodePath.of("sub/x")), false));
        assertThat(Diagram.mermaid(GRAPH, entries)).contains("class n1 failed", "class n2 failed");
    }

    @Test
    void counts_elements_as_executions_of_their_node() {
        at(0, "each[0]", new Fact.NodeStarted(1));
        at(0, "each[1]", new Fact.NodeStarted(1));
        at(9, "each[1]", new Fact.NodeCompleted(List.of(), List.of()));
        assertThat(Diagram.mermaid(GRAPH, entries)).contains("running, 2 times, 9 ms");
    }

    @Test
    void as_json_has_the_same_parts_and_a_version() {
        at(0, "build", new Fact.NodeStarted(1));
        Map<?, ?> json = Diagram.json(GRAPH, entries).as(Map.class);
        assertThat(json.get("version")).isEqualTo(1);
        assertThat(json.get("start")).isEqualTo("build");
        assertThat(Diagram.json(GRAPH, entries).text())
                .contains("\"status\":\"running\"", "\"path\":\"sub/x\"", "\"kind\":\"forEach\"", "\"kind\":\"when\"");
    }
}
