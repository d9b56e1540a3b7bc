package dev.yardmaster.worktree;

import dev.yardmaster.event.Effect;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.undo.Keeper;
import dev.yardmaster.workspace.Workspace;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Work in one worktree as it is recorded: made, closed, merged or left. Each step comes to the same when it is repeated after a
 * crash, and a replay does none of them. Every method blocks.
 *
 * @param workspace that the work is for
 * @param context its steps are recorded there
 * @param earlier branches whose work this goes on from: they go when it ends
 */
public record RecordedWork(Workspace workspace, NodeContext context, List<String> earlier) {

    public RecordedWork {
        earlier = List.copyOf(earlier);
    }

    /** Work that goes on from no other. */
    public static RecordedWork of(Workspace workspace, NodeContext context) {
        return new RecordedWork(workspace, context, List.of());
    }

    /** Makes the worktree, or goes on in the one that was made. @param input of the step, by which the same is known */
    public Worktree open(Object input, Callable<Worktree> making) throws Exception {
        Worktree worktree = context.step("worktree/open", Worktree.class, input, Effect.IDEMPOTENT, making);
        worktree.unlock();
        return worktree;
    }

    /** What was done in it, as a commit on its branch. */
    public Change close(Worktree worktree, String message) throws Exception {
        return context.step(
                "worktree/close",
                Change.class,
                worktree.branch(),
                Effect.IDEMPOTENT,
                () -> all().close(worktree, message));
    }

    /**
     * Ends work that is done: it is merged into the workspace where it goes together with what is there, and stays on its branch
     * where it does not.
     *
     * @param knows the commits that are in the workspace already: what it began with, and changes merged before
     * @param keeper keeps what files were; empty where nothing is to be undone
     */
    public MergedWork merge(Change change, List<String> knows, Optional<Keeper> keeper) throws Exception {
        if (change.isEmpty()) {
            return leave(change);
        }
        var turn = new Turn();
        try {
            Merge merge = context.step("worktree/merge", Merge.class, change, Effect.READ_ONLY, () -> {
                turn.take();
                return all().merge(change, knows);
            });
            return context.step(MergedWork.STEP, MergedWork.class, merge, Effect.IDEMPOTENT, () -> {
                turn.take();
                return tidied(all().merged(change, merge, keeper));
            });
        } finally {
            turn.end();
        }
    }

    /** Ends work that came to nothing: it stays on its branch. */
    public MergedWork leave(Change change) throws Exception {
        return context.step(
                MergedWork.STEP, MergedWork.class, change, Effect.IDEMPOTENT, () -> tidied(all().left(change)));
    }

    private MergedWork tidied(MergedWork merged) throws InterruptedException {
        for (String branch : earlier) {
            all().remove(branch);
        }
        return merged;
    }

    private Worktrees all() throws InterruptedException {
        return Worktrees.of(workspace);
    }

    /** The turn to merge, from the first step that is done to the end: what is recorded needs none. */
    private final class Turn {

        private @Nullable FileTurn turn;

        void take() throws InterruptedException {
            if (turn == null) {
                turn = all().mergeTurn();
            }
        }

        void end() {
            if (turn != null) {
                turn.end();
            }
        }
    }
}
