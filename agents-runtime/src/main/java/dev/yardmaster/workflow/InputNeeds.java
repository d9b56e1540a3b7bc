package dev.yardmaster.workflow;

import dev.yardmaster.workflow.GraphLines.AgentLine;
import dev.yardmaster.workflow.GraphLines.JoinLine;
import dev.yardmaster.workflow.GraphLines.NodeLine;
import dev.yardmaster.workflow.GraphLines.SubgraphLine;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a workflow's input has to hold: what a node cannot do without and no node before it can have written. */
final class InputNeeds {

    private final GraphLines whole;
    private final Set<String> written = new LinkedHashSet<>();

    InputNeeds(GraphLines whole) {
        this.whole = whole;
        collect(whole);
    }

    private void collect(GraphLines graph) {
        for (NodeLine node : graph.nodes()) {
            node.forEach().ifPresent(each -> written.add(each.results().name()));
            switch (node) {
                case AgentLine line -> line.writes().ifPresent(channel -> written.add(channel.name()));
                case SubgraphLine line ->
                    line.mapping()
                            .ifPresentOrElse(
                                    mapping -> mapping.out().keySet().forEach(channel -> written.add(channel.name())),
                                    () -> collect(line.inner()));
                case JoinLine line -> {}
            }
        }
    }

    /** The channels by name, each with the reason. */
    Map<String, String> required() {
        var required = new LinkedHashMap<String, String>();
        add(whole, "", true, required);
        return required;
    }

    private void add(GraphLines graph, String around, boolean first, Map<String, String> required) {
        for (NodeLine node : graph.nodes()) {
            boolean begins = first && node.name().equals(graph.start());
            String who = "node '" + around + node.name() + "'";
            node.forEach()
                    .ifPresent(each -> need(each.elements(), who + " runs for each of its elements", begins, required));
            switch (node) {
                case AgentLine line -> {
                    if (line.forEach().isEmpty()) {
                        need(line.reads().getFirst(), who + " has it for its task", begins, required);
                    }
                }
                case SubgraphLine line -> {
                    if (line.mapping().isEmpty()) {
                        add(line.inner(), around + node.name() + "/", begins, required);
                    } else {
                        mapped(line, who, begins, required);
                    }
                }
                case JoinLine line -> {}
            }
        }
    }

    /** What the graph inside needs, by the names of the channels that it is given. */
    private void mapped(SubgraphLine line, String who, boolean begins, Map<String, String> required) {
        Map<String, String> inside = new InputNeeds(line.inner()).required();
        line.mapping()
                .orElseThrow()
                .in()
                .forEach((target, source) -> Optional.ofNullable(inside.get(target.name()))
                        .ifPresent(why -> need(source, who + " needs it", begins, required)));
    }

    /** Notes a channel of the workflow, unless an element has it for itself or somebody has written it by then. */
    private void need(WorkflowChannel channel, String why, boolean begins, Map<String, String> required) {
        boolean ofWorkflow = whole.channels().containsKey(channel.name());
        if (ofWorkflow && (begins || !written.contains(channel.name()))) {
            required.putIfAbsent(channel.name(), why);
        }
    }
}
