package dev.yardmaster.replay;

import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Execution;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Progress;
import dev.yardmaster.replay.Difference.Kind;
import dev.yardmaster.run.RunView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Going through a recorded run once. The node that began first in the record comes first, whatever ran beside it. */
final class Pass {

    private static final Channel<Map<String, Json>> INPUT = Channel.mapOf("input", Json.class);

    private final RunView recorded;
    private final UnaryOperator<String> secrets;
    private final Map<NodePath, RecordedNode> nodes;
    private final List<Execution> open = new ArrayList<>();
    private final Set<NodePath> visited = new HashSet<>();
    private int steps;

    Pass(RunView recorded, UnaryOperator<String> secrets) {
        this.secrets = secrets;
        this.recorded = recorded;
        this.nodes = RecordedNode.allOf(recorded);
    }

    Replayed through(Graph graph) throws InterruptedException {
        Progress progress;
        try {
            progress = begin(graph);
        } catch (YardmasterException e) {
            return replayed(Optional.of(Difference.of(
                    Kind.GRAPH,
                    NodePath.run(),
                    0,
                    "graph '" + graph.name() + "' does not take the run's input: " + e.getMessage())));
        }
        open.addAll(progress.ready());
        while (!open.isEmpty()) {
            Execution next = next();
            var node = new NodeReplay(recorded, secrets, next, Optional.ofNullable(nodes.get(next.path())));
            NodeReplay.Result result = node.run();
            visited.add(next.path());
            steps += node.steps();
            switch (result) {
                case NodeReplay.Result.Differs differs -> {
                    return replayed(Optional.of(differs.difference()));
                }
                case NodeReplay.Result.Completed completed ->
                    progress.complete(next, completed.update(), completed.taken());
                case NodeReplay.Result.Failed failed -> progress.fail(next, failed.failure());
                case NodeReplay.Result.Open ended -> {}
            }
            open.addAll(progress.ready());
        }
        return replayed(missing());
    }

    private Progress begin(Graph graph) {
        if (!(recorded.entries().getFirst().entry().fact() instanceof Fact.RunAdmitted admitted)) {
            throw new IllegalArgumentException(
                    "a run begins with its admission; give the view of run '" + recorded.id() + "' from offset 0 on");
        }
        return Progress.first(graph, graph.input(INPUT.decode(admitted.input())));
    }

    private Execution next() {
        Execution first = open.stream()
                .min(Comparator.comparingLong(each -> offset(each.path())))
                .orElseThrow();
        open.remove(first);
        return first;
    }

    private long offset(NodePath path) {
        RecordedNode node = nodes.get(path);
        return node == null ? Long.MAX_VALUE : node.offset();
    }

    private Optional<Difference> missing() {
        return nodes.keySet().stream()
                .filter(path -> !visited.contains(path))
                .findFirst()
                .map(path -> Difference.of(
                        Kind.MISSING_NODE,
                        path,
                        nodes.get(path).offset(),
                        "'" + path + "' ran when this was recorded, and does not now"));
    }

    private Replayed replayed(Optional<Difference> difference) {
        return new Replayed(recorded, visited.size(), steps, difference);
    }
}
