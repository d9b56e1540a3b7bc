package dev.yardmaster.definition;

import java.util.List;
import java.util.Optional;

/**
 * What one {@code SKILL.md} says: how something is done, for agents that come to do it.
 *
 * @param name its own, or else its folder's
 * @param description when it is of use, for whoever chooses; may be empty
 * @param body what an agent is told that takes it up
 * @param offered whether agents may take it up by themselves
 * @param allowedTools what its author would have run without asking; nothing runs because of it
 * @param arguments the names by which the body means the words that it is called with, in their order
 * @param withheld tools, or rules for calls, that whoever does it does not have any more until their work is over
 * @param paths patterns of the files that it is for; empty for any
 * @param fork who does it, where that is not the agent that takes it up
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
        List<String> arguments,
        List<String> withheld,
        List<String> paths,
        Optional<Fork> fork,
        String folder,
        String source,
        String sha256) {

    public SkillDefinition {
        allowedTools = List.copyOf(allowedTools);
        arguments = List.copyOf(arguments);
        withheld = List.copyOf(withheld);
        paths = List.copyOf(paths);
    }

    /**
     * A colleague whose task the skill is ({@code context: fork}).
     *
     * @param agent its name
     * @param model another model than its own; empty for that
     * @param without the tools that it does not have for that
     */
    public record Fork(String agent, String model, List<String> without) {

        /** Who does it where the file names nobody. */
        static final String USUAL = "general-purpose";

        public Fork {
            without = List.copyOf(without);
        }
    }
}
