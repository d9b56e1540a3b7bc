package dev.yardmaster.run;

import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.Spending;
import dev.yardmaster.graph.Execution;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Progress;
import dev.yardmaster.graph.State;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a process takes up a run.
 *
 * @param open what is to be run first
 * @param memory what was recorded of executions that run again
 * @param questions what was asked and answered before; empty for a run that has just begun
 * @param spent what was used up before
 */
record Beginning(
        Progress progress, List<Execution> open, StepMemory memory, Optional<Questions> questions, Spending spent) {

    static Beginning first(Graph graph, State input) {
        var progress = Progress.first(graph, input);
        return new Beginning(progress, progress.ready(), StepMemory.none(), Optional.empty(), Spending.none());
    }

    /** After what was recorded. @param changedAllowed see {@link ResumeOptions} */
    static Beginning after(RunId run, Graph graph, List<RunEvent.Recorded> entries, boolean changedAllowed) {
        var folded = FoldedRun.of(graph, entries);
        return new Beginning(
                folded.progress(),
                folded.open(),
                StepMemory.of(entries, changedAllowed),
                Optional.of(Questions.of(run, entries)),
                spent(entries));
    }

    private static Spending spent(List<RunEvent.Recorded> entries) {
        return entries.stream()
                .flatMap(each ->
                        each.entry().fact() instanceof Fact.StepFinished step ? step.spent().stream() : Stream.empty())
                .reduce(Spending.none(), Spending::plus);
    }
}
