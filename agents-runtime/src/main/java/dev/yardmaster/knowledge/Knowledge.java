package dev.yardmaster.knowledge;

import java.util.Optional;

/**
 * What the agents of a runtime may be handed.
 *
 * @param memory where agents whose files say so keep what they remember; empty when none may
 */
public record Knowledge(Instructions instructions, Skills skills, Optional<Memory> memory) {

    private static final Knowledge NONE = new Knowledge(Instructions.none(), Skills.none(), Optional.empty());

    /** Nothing but the task. */
    public static Knowledge none() {
        return NONE;
    }

    public Knowledge with(Instructions own) {
        return new Knowledge(own, skills, memory);
    }

    public Knowledge with(Skills own) {
        return new Knowledge(instructions, own, memory);
    }

    public Knowledge with(Memory own) {
        return new Knowledge(instructions, skills, Optional.of(own));
    }
}
