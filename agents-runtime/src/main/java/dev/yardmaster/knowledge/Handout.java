package dev.yardmaster.knowledge;

import dev.yardmaster.event.Json;
import java.nio.charset.StandardCharsets;

/**
 * A text that an agent was handed when it began, as it was then. It is recorded, so that a resumed run goes on with the same.
 *
 * @param kind what it is
 * @param source the file it is from; for what is absent, its name
 * @param sha256 of the text as a JSON string, in hexadecimal
 * @param text what the agent was handed; for what is absent, why it is
 */
public record Handout(Kind kind, String source, String sha256, String text) {

    /** What a text is. */
    public enum Kind {
        /** How people want things done: {@code CLAUDE.md}, {@code AGENTS.md}, and what these import. */
        INSTRUCTIONS,
        /** A skill that the agent's file names. */
        SKILL,
        /** What the agent remembers. */
        MEMORY,
        /** Something that the agent's file names, or an instruction imports, and that is not handed over. */
        ABSENT
    }

    public static Handout of(Kind kind, String source, String text) {
        return new Handout(kind, source, Json.of(text).sha256(), text);
    }

    /** How long it is, in UTF-8. */
    public int bytes() {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
