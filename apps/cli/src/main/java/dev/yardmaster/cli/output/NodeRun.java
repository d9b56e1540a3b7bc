package dev.yardmaster.cli.output;

import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.run.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One execution of a node.
 *
 * @param agent who worked there; empty when nobody did
 * @param took from the first start of it or of something in it to the last end; until the run's last entry when it has no end
 */
public record NodeRun(RunView.NodeView node, Optional<String> agent, Duration took) {

    static List<NodeRun> of(RunView view, Function<String, Optional<String>> agents) {
        Map<String, Instant> starts = new HashMap<>();
        Map<String, Instant> ends = new HashMap<>();
        for (RunEvent.Recorded recorded : view.entries()) {
            String path = recorded.entry().at().value();
            if (recorded.entry().fact() instanceof Fact.NodeStarted) {
                for (int end = 1; end <= path.length(); end++) {
                    if (end == path.length() || path.charAt(end) == '[' || path.charAt(end) == '/') {
                        starts.putIfAbsent(path.substring(0, end), recorded.at()); // what is around it began, too
                    }
                }
                ends.remove(path);
            } else if (recorded.entry().fact() instanceof Fact.NodeCompleted
                    || recorded.entry().fact() instanceof Fact.NodeFailed) {
                ends.put(path, recorded.at());
            }
        }
        return view.nodes().stream()
                .map(node -> {
                    String path = node.path().value();
                    Instant end = ends.getOrDefault(path, view.lastAt());
                    return new NodeRun(node, agents.apply(path), Duration.between(starts.getOrDefault(path, end), end));
                })
                .toList();
    }
}
