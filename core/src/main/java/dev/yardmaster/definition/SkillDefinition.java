package dev.yardmaster.definition;

import java.util.List;

/**
 * What one {@code SKILL.md} says: how something is done, for agents that come to do it.
 *
 * @param name its own, or else its folder's
 * @param description when it is of use, for whoever chooses; may be empty
 * @param body what an agent is told that takes it up
 * @param offered whether agents may take it up by themselves
 * @param allowedTools what its author would have run without asking; nothing runs because of it
 * @param folder where it lies, with whatever else belongs to it
 * @param source the file
 * @param sha256 of the file's bytes, in hexadecimal
 */
public record SkillDefinition(
        String name,
        String description,
        String body,
        boolean offered,
        List<String> allowedTools,
        String folder,
        String source,
        String sha256) {

    public SkillDefinition {
        allowedTools = List.copyOf(allowedTools);
    }
}
