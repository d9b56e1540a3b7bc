package dev.yardmaster.diagram;

import dev.yardmaster.event.Fact;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a run did at each node, all iterations and elements together; folded from its entries. */
final class Trace {

    private static final Pattern NUMBERS = Pattern.compile("(#[\\d.]+)?(\\[\\d+])?(?=/|$)");

    /** What happened at one node. */
    static final class At {
        private final Set<NodePath> running = new HashSet<>();
        private int executions;
        private boolean failed;
        private @Nullable Instant first;
        private @Nullable Instant last;

        String status() {
            return !running.isEmpty() ? "running" : failed ? "failed" : "completed";
        }

        /** How often it was started. */
        int executions() {
            return executions;
        }

        /** From its first start to its last end. */
        Duration took() {
            return first == null || last == null ? Duration.ZERO : Duration.between(first, last);
        }

        private void touch(Instant at) {
            first = first == null ? at : first;
            last = at;
        }
    }

    private final Map<String, At> nodes = new HashMap<>();

    static Trace of(List<RunEvent.Recorded> entries) {
        var trace = new Trace();
        entries.forEach(trace::add);
        return trace;
    }

    Optional<At> at(String structuralPath) {
        return Optional.ofNullable(nodes.get(structuralPath));
    }

    private void add(RunEvent.Recorded recorded) {
        NodePath path = recorded.entry().at();
        switch (recorded.entry().fact()) {
            case Fact.NodeStarted started -> {
                At at = touched(path, recorded.at());
                at.executions += at.running.add(path) ? 1 : 0;
            }
            case Fact.NodeCompleted completed -> {
                At at = touched(path, recorded.at());
                at.executions += at.running.remove(path) ? 0 : 1; // a composite has no start of its own
            }
            case Fact.NodeFailed failed -> {
                if (!failed.retried()) {
                    At at = touched(path, recorded.at());
                    at.running.remove(path);
                    at.failed = true;
                }
            }
            default -> {}
        }
    }

    /** The node of a path; what is around it was at work too. */
    private At touched(NodePath path, Instant at) {
        String structural = NUMBERS.matcher(path.value()).replaceAll("");
        for (int slash = structural.indexOf('/'); slash >= 0; slash = structural.indexOf('/', slash + 1)) {
            node(structural.substring(0, slash)).touch(at);
        }
        At node = node(structural);
        node.touch(at);
        return node;
    }

    private At node(String structural) {
        return nodes.computeIfAbsent(structural, name -> new At());
    }
}
