package dev.yardmaster.run;

import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.journal.Journal;
import java.util.List;
import java.util.function.Consumer;

/** A run that had ended before it was asked for. */
final class EndedRun implements Run {

    private final RunId id;
    private final Journal journal;
    private final Outcome outcome;

    EndedRun(RunId id, Journal journal, Graph graph) {
        this.id = id;
        this.journal = journal;
        RunView view = view();
        this.outcome = switch (view.status()) {
            case COMPLETED ->
                new Outcome.Completed(
                        FoldedRun.of(graph, view.entries()).progress().result().orElseThrow(), view);
            case CANCELLED -> new Outcome.Cancelled(view);
            case FAILED, RUNNING, SUSPENDED -> new Outcome.Failed(view);
        };
    }

    @Override
    public RunId id() {
        return id;
    }

    @Override
    public Outcome await() {
        return outcome;
    }

    @Override
    public List<RunEvent.Recorded> events(long fromOffset) {
        return journal.read(id, fromOffset);
    }

    @Override
    public Subscription listen(long fromOffset, Consumer<RunEvent> listener) {
        var one = new Listeners(List.of(listener));
        events(fromOffset).forEach(one::tell);
        return () -> {};
    }

    @Override
    public RunView view() {
        return RunView.read(id, journal.read(id, 0));
    }
}
