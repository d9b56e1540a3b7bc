package dev.yardmaster.graph;

import dev.yardmaster.event.Fact;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.YardmasterException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows a run from what was recorded of it, to go on from there: what completed has completed, and what failed or was
 * going on is open, to be run again. Not thread-safe.
 */
public final class Retrace {

    private final Progress progress;
    private final Map<NodePath, Execution> open = new LinkedHashMap<>();
    private final Set<NodePath> failed = new HashSet<>();

    private Retrace(Progress progress) {
        this.progress = progress;
        collect();
    }

    /** The beginning of a run. */
    public static Retrace of(Graph graph, State input) {
        return new Retrace(Progress.first(graph, input));
    }

    /** An execution began, perhaps once more. */
    public void begun(NodePath at) {
        failed.remove(at);
    }

    /**
     * An execution completed.
     *
     * @throws YardmasterException when the graph runs nothing there: it is not the one that was recorded
     */
    public void completed(NodePath at, List<Fact.Write> writes, List<String> taken) {
        Execution execution = open.remove(at);
        if (execution == null) {
            throw new YardmasterException("the journal says that '" + at + "' completed, which "
                    + "the graph does not run at this point; use the graph that the run was started with");
        }
        failed.remove(at);
        progress.complete(execution, execution.recorded(writes), taken);
        collect();
        makeRoom(at);
    }

    /** An execution failed for good. It stays open; an element that goes no further had its place taken by the next. */
    public void failed(NodePath at) {
        failed.add(at);
        makeRoom(at);
    }

    private void collect() {
        progress.ready().forEach(execution -> open.put(execution.path(), execution));
    }

    private void makeRoom(NodePath at) {
        if (failed.isEmpty()) {
            return;
        }
        String path = at.value();
        for (int end = path.lastIndexOf(']'); end >= 0; end = path.lastIndexOf(']', end - 1)) { // inner elements first
            String element = path.substring(0, end + 1);
            List<Execution> left = open.values().stream()
                    .filter(each -> isWithin(element, each.path().value()))
                    .toList();
            if (!left.isEmpty() && left.stream().map(Execution::path).allMatch(failed::contains)) {
                left.forEach(each -> open.remove(each.path()));
                progress.setAside(NodePath.of(element), left);
                collect();
            }
        }
    }

    private static boolean isWithin(String element, String path) {
        return path.startsWith(element) && (path.length() == element.length() || path.charAt(element.length()) == '/');
    }

    public Progress progress() {
        return progress;
    }

    /** What is to be run now, in the order in which it became ready. */
    public List<Execution> open() {
        return List.copyOf(open.values());
    }
}
