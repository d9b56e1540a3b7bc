package dev.yardmaster.testkit;

import dev.yardmaster.replay.Replayed;
import dev.yardmaster.routing.RoutingReport;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.Run;
import dev.yardmaster.run.RunView;
import java.util.Optional;

/**
 * Where assertions begin: {@code import static dev.yardmaster.testkit.RunAssertions.assertThat}. It goes together with
 * AssertJ's own {@code assertThat}.
 */
public final class RunAssertions {

    private RunAssertions() {}

    /** Waits until the run has ended or waits for a person, and looks at how. */
    public static RunAssert assertThat(Run run) throws InterruptedException {
        return assertThat(run.await());
    }

    public static RunAssert assertThat(Outcome outcome) {
        return new RunAssert(
                outcome.view(),
                outcome instanceof Outcome.Completed completed ? Optional.of(completed.state()) : Optional.empty());
    }

    /** Looks at what came of running a recorded run again. */
    public static ReplayAssert assertThat(Replayed replayed) {
        return new ReplayAssert(replayed);
    }

    /** Looks at what the journal says of a run; a final state is not in it, see {@link #assertThat(Outcome)}. */
    public static RunAssert assertThat(RunView view) {
        return new RunAssert(view, Optional.empty());
    }

    /** Looks at how well labelled tasks are routed. */
    public static RoutingAssert assertThat(RoutingReport report) {
        return new RoutingAssert(report);
    }
}
