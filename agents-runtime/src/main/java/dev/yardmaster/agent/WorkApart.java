package dev.yardmaster.agent;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.undo.Keeper;
import dev.yardmaster.workspace.Workspace;
import dev.yardmaster.worktree.Change;
import dev.yardmaster.worktree.Merge;
import dev.yardmaster.worktree.MergedWork;
import dev.yardmaster.worktree.Worktree;
import dev.yardmaster.worktree.Worktrees;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;

/**
 * One agent's work in a git worktree: it begins with what is in the workspace, and when it is done its changes are merged into
 * that. Each step is recorded, and comes to the same when it is repeated after a crash.
 */
final class WorkApart {

    private static final int SHORT = 8;

    private final Agent agent;
    private final NodeContext context;
    private final Workspace workspace;
    private final Optional<Keeper> keeper;
    private final Worktree worktree;

    /**
     * Makes the worktree.
     *
     * @param workspace that the work is for
     * @throws dev.yardmaster.worktree.NoWorktreeException when there can be none
     */
    WorkApart(Agent agent, Workspace workspace, Optional<Keeper> keeper, NodeContext context) throws Exception {
        this.agent = agent;
        this.context = context;
        this.keeper = keeper;
        this.workspace = workspace;
        String run = context.run().value();
        String name =
                agent.name() + "-" + Json.of(context.idempotencyKey()).sha256().substring(0, SHORT);
        this.worktree = context.step("worktree/open", Worktree.class, name, Effect.IDEMPOTENT, () -> {
            Worktrees all = all();
            Worktree made = all.open(run, name, all.snapshot(run, name));
            all.forget(run, name); // its branch holds it
            return made;
        });
    }

    private Worktrees all() throws InterruptedException {
        return Worktrees.of(workspace);
    }

    /** The agent, in the worktree. */
    Agent agent() {
        worktree.unlock();
        return agent.in(worktree);
    }

    private Change change() throws Exception {
        return context.step(
                "worktree/close",
                Change.class,
                worktree.branch(),
                Effect.IDEMPOTENT,
                () -> all().close(worktree, "What " + agent.name() + " did"));
    }

    /** Ends it where the work is done. */
    MergedWork merge() throws Exception {
        Change change = change();
        if (change.isEmpty()) {
            return leave(change);
        }
        Lock alone = Worktrees.merging(workspace);
        alone.lockInterruptibly();
        try {
            Merge merge = context.step(
                    "worktree/merge",
                    Merge.class,
                    change,
                    Effect.READ_ONLY,
                    () -> all().merge(change, List.of(worktree.base())));
            return context.step(
                    MergedWork.STEP,
                    MergedWork.class,
                    merge,
                    Effect.IDEMPOTENT,
                    () -> all().merged(change, merge, keeper));
        } finally {
            alone.unlock();
        }
    }

    /** Ends it where the work came to nothing: it stays on its branch. */
    MergedWork leave() throws Exception {
        return leave(change());
    }

    private MergedWork leave(Change change) throws Exception {
        return context.step(MergedWork.STEP, MergedWork.class, change, Effect.IDEMPOTENT, () -> all().left(change));
    }
}
