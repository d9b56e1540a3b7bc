package dev.yardmaster.agent;

import dev.yardmaster.event.Json;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.permission.Decision;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Confinement;
import dev.yardmaster.workspace.Sandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * How the commands of all agents of a runtime are kept in, and where they leave what became of them: a folder for each
 * agent's work in a run, in it one for each call. Neither is named by a run's id, which may be any text.
 *
 * @param root where those folders are
 */
record CommandRecords(Supplier<Path> root, Sandbox sandbox) {

    private static final int NAME = 32;
    private static final AtomicInteger TEMPORARY = new AtomicInteger();

    /** Of this process; its name is thought of when the first command runs. */
    private static final class Temporary {
        static final Path FOLDER = Path.of(System.getProperty("java.io.tmpdir"), "yardmaster-" + UUID.randomUUID())
                .toAbsolutePath();
    }

    static CommandRecords in(Path folder, Sandbox sandbox) {
        return new CommandRecords(() -> folder, sandbox);
    }

    /** Among temporary files, where nobody finds them by guessing, and nothing is made before it is needed. */
    static CommandRecords temporary(Sandbox sandbox) {
        String number = String.valueOf(TEMPORARY.incrementAndGet());
        return new CommandRecords(() -> Temporary.FOLDER.resolve(number), sandbox);
    }

    /** @param accesses what the call would touch: only commands leave anything */
    Confinement confinement(NodeContext context, String step, List<Access> accesses) {
        for (Access each : accesses) {
            if (each instanceof Access.Runs) {
                Sandbox held = leaves(accesses) ? sandbox.left() : sandbox;
                return new Confinement(held, Optional.of(work(context).resolve(step.replace('/', '-'))));
            }
        }
        return new Confinement(sandbox, Optional.empty());
    }

    private static boolean leaves(List<Access> accesses) {
        for (Access each : accesses) {
            if (each instanceof Access.Leaves) {
                return true;
            }
        }
        return false;
    }

    /** What a call would touch: the wish to leave a sandbox counts where there is one that can be left. */
    List<Access> held(List<Access> accesses) {
        return sandbox.leavable() || !leaves(accesses)
                ? List.copyOf(accesses)
                : accesses.stream()
                        .filter(access -> !(access instanceof Access.Leaves))
                        .toList();
    }

    /** Where results of calls are kept that are too long to be told. */
    Path results(NodeContext context) {
        return work(context).resolve("results");
    }

    /** Where files for hooks are: not where those of commands are, which are deleted when an agent's commands are over. */
    Path hooks(NodeContext context) {
        return root.get()
                .resolve("hooks-" + Json.of(context.idempotencyKey()).sha256().substring(0, NAME));
    }

    /** Of this agent's work alone: an agent that works for another does so in a scope of its own. */
    private Path work(NodeContext context) {
        return root.get().resolve(Json.of(context.idempotencyKey()).sha256().substring(0, NAME));
    }

    /** A decision about a call that only reads what the commands of this very agent have printed: that is its own. */
    Decision own(Decision decision, NodeContext context, List<Access> accesses) {
        return decision.isForOutside() && areRead(context, accesses)
                ? new Decision(
                        Decision.Behavior.ALLOW, decision.rule(), decision.source(), "it is what its own calls came to")
                : decision;
    }

    private boolean areRead(NodeContext context, List<Access> accesses) {
        Path own = work(context).toAbsolutePath().normalize();
        return !accesses.isEmpty()
                && accesses.stream()
                        .allMatch(access -> access instanceof Access.Reads reads
                                && reads.target().startsWith(own)
                                && !reads.target().equals(own));
    }
}
