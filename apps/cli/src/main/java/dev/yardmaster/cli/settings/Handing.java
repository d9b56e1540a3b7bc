package dev.yardmaster.cli.settings;

import java.util.Optional;

/**
 * What is set of what agents are handed besides their task.
 *
 * @param instructions whether they are handed CLAUDE.md and AGENTS.md
 * @param memory whether they change their memory without being asked for; a project cannot say so
 */
public record Handing(Optional<Sourced<Boolean>> instructions, Optional<Sourced<Boolean>> memory) {

    public static Handing none() {
        return new Handing(Optional.empty(), Optional.empty());
    }

    Handing over(Handing farther) {
        return new Handing(instructions.or(farther::instructions), memory.or(farther::memory));
    }
}
