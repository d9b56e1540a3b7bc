package dev.yardmaster.agent;

import dev.yardmaster.event.Json;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.undo.Keeper;
import dev.yardmaster.workspace.Workspace;
import dev.yardmaster.worktree.Change;
import dev.yardmaster.worktree.MergedWork;
import dev.yardmaster.worktree.RecordedWork;
import dev.yardmaster.worktree.Worktree;
import dev.yardmaster.worktree.Worktrees;
import java.util.List;
import java.util.Optional;

/**
 * One agent's work in a git worktree: it begins with what is in the workspace, and when it is done its changes are merged into
 * that. Each step is recorded, and comes to the same when it is repeated after a crash.
 */
final class WorkApart {

    private static final int SHORT = 8;

    private final Agent agent;
    private final RecordedWork recorded;
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
        this.keeper = keeper;
        this.recorded = RecordedWork.of(workspace, context);
        String run = context.run().value();
        String name =
                agent.name() + "-" + Json.of(context.idempotencyKey()).sha256().substring(0, SHORT);
        this.worktree = recorded.open(name, () -> {
            Worktrees all = Worktrees.of(workspace);
            Worktree made = all.open(run, name, all.snapshot(run, name));
            all.forget(run, name); // its branch holds it
            return made;
        });
    }

    /** The agent, in the worktree. */
    Agent agent() {
        return agent.in(worktree);
    }

    String folder() {
        return worktree.folder();
    }

    private Change change() throws Exception {
        return recorded.close(worktree, "What " + agent.name() + " did");
    }

    /** Ends it where the work is done. */
    MergedWork merge() throws Exception {
        return recorded.merge(change(), List.of(worktree.base()), keeper);
    }

    /** Ends it where the work came to nothing: it stays on its branch. */
    MergedWork leave() throws Exception {
        return recorded.leave(change());
    }
}
