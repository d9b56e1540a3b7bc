package dev.yardmaster.dispatch;

import dev.yardmaster.agent.Transcript;
import dev.yardmaster.graph.State;
import dev.yardmaster.run.RunOptions;
import dev.yardmaster.run.RunView;

/**
 * A task that goes on from an earlier run: what to start a dispatcher's graph with.
 *
 * @param input holds the task and the earlier transcript, so that the new run needs the earlier one no more
 * @param options carry the label {@link #CONTINUES} with the earlier run's id
 */
public record FollowUp(State input, RunOptions options) {

    /** The label that names the run from which another goes on. */
    public static final String CONTINUES = "continues";

    /**
     * The same specialist goes on, with the whole conversation of {@code earlier} before its eyes, tool calls included.
     * However that run ended, what it recorded is what is gone on from.
     *
     * @throws NothingToFollowException when no agent worked in that run
     */
    public static FollowUp of(RunView earlier, String task) {
        Transcript transcript = Transcript.lastOf(earlier)
                .orElseThrow(() -> new NothingToFollowException(earlier.id(), earlier.graph()));
        return new FollowUp(
                State.of(Dispatcher.TASK, task).with(Dispatcher.EARLIER, transcript),
                RunOptions.defaults().withLabel(CONTINUES, earlier.id().value()));
    }
}
