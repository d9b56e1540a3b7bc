package dev.yardmaster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.undo.Keeper;
import dev.yardmaster.undo.Originals;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Has what calls are about to change kept, where runs are to be undone. What a call of unknown reach changes is not. */
record CallKeeper(Optional<Keeper> keeper, Workspace workspace) {

    static CallKeeper of(Agent agent, NodeContext context) {
        Optional<Originals> originals = agent.equipment().originals();
        return new CallKeeper(
                originals.isPresent()
                        ? Optional.of(originals.get().keeper(context.run(), agent.workspace()))
                        : Optional.empty(),
                agent.workspace());
    }

    /** Runs a call. @throws IOException also when what it would change cannot be kept: it does not run then */
    ToolResult around(ToolCall call, List<Access> accesses, Callable<ToolResult> body) throws Exception {
        if (keeper.isEmpty()) {
            return body.call();
        }
        Keeper keeping = keeper.get();
        boolean commands =
                accesses.stream().anyMatch(Access.Runs.class::isInstance) && !Policy.onlyReads(accesses, workspace);
        for (Access access : accesses) {
            if (access instanceof Access.Writes writes) {
                keeping.before(writes.target());
            }
        }
        if (commands) {
            keeping.beforeCommand();
        }
        try {
            return body.call();
        } finally {
            afterwards(() -> {
                happened(accesses);
                if (commands) {
                    keeping.afterCommand(goesOn(call));
                }
            });
        }
    }

    /** A look at what files are. */
    @FunctionalInterface
    private interface Look {
        void take() throws IOException;
    }

    /** A call has ended as it has: where this fails, undo says that it does not know what the call left. */
    private static void afterwards(Look look) {
        boolean interrupted = Thread.interrupted(); // it would close the files that are written
        try {
            look.take();
        } catch (IOException e) {
            return;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What a call was to change is changed; in an earlier process, it may be. */
    void happened(List<Access> accesses) throws IOException {
        if (keeper.isPresent()) {
            for (Access access : accesses) {
                if (access instanceof Access.Writes writes) {
                    keeper.get().after(writes.target());
                }
            }
        }
    }

    /** Hooks have changed the files of a call that had changed them. */
    void changedAgain(List<Access> accesses) {
        afterwards(() -> happened(accesses));
    }

    /** Nothing that calls left running is running any more. */
    void settled() {
        keeper.ifPresent(each -> afterwards(each::settled));
    }

    private static boolean goesOn(ToolCall call) {
        return call.arguments().as(JsonNode.class).path("run_in_background").asBoolean();
    }
}
