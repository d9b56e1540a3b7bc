package dev.yardmaster.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What one agent file says, unchanged by where it is used.
 *
 * @param name its identity; the file's name need not match
 * @param description when to delegate to it, examples included, as written
 * @param tools the tools it names, in its order and spelling; empty when the file has no {@code tools} key and so
 *     inherits all; a present, empty list means no tools at all
 * @param disallowedTools tools it must not have, applied before {@code tools}
 * @param model {@code sonnet}, {@code inherit}, a full model id …; empty when the file names none
 * @param permissionMode as written; empty when the file names none
 * @param maxTurns model replies before it is stopped; empty when the file names none
 * @param color for display; empty when the file names none
 * @param prompt the system prompt: the body of the file
 * @param examples the {@code <example>} blocks of the description, in order
 * @param checklist the {@code - [ ]} items of the body outside code fences
 * @param extensions all other keys, as read from YAML: {@code skills}, {@code memory} and {@code hooks}, and what means
 *     nothing to Yardmaster
 * @param source where it was read from, for messages: a path, or the name of a resource
 * @param sha256 of the file's bytes, in hexadecimal
 */
public record AgentDefinition(
        String name,
        String description,
        Optional<List<String>> tools,
        List<String> disallowedTools,
        Optional<String> model,
        Optional<String> permissionMode,
        OptionalInt maxTurns,
        Optional<String> color,
        String prompt,
        List<Example> examples,
        Checklist checklist,
        Map<String, Object> extensions,
        String source,
        String sha256) {

    public AgentDefinition {
        tools = tools.map(List::copyOf);
        disallowedTools = List.copyOf(disallowedTools);
        examples = List.copyOf(examples);
        extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
    }

    /** An agent defined in code: it inherits all tools and names no model. */
    public static AgentDefinition of(String name, String description, String prompt) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("an agent's name is blank; tasks and graphs call it by its name");
        }
        return new AgentDefinition(
                name,
                description,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                prompt,
                List.of(),
                Checklist.none(),
                Map.of(),
                "code",
                "");
    }

    /** The same agent with exactly these tools. */
    public AgentDefinition withTools(String... names) {
        return new AgentDefinition(
                name,
                description,
                Optional.of(List.of(names)),
                disallowedTools,
                model,
                permissionMode,
                maxTurns,
                color,
                prompt,
                examples,
                checklist,
                extensions,
                source,
                sha256);
    }

    /** The same agent without these tools, beside those that it does not have anyway. */
    public AgentDefinition withoutTools(List<String> names) {
        return new AgentDefinition(
                name,
                description,
                tools,
                Stream.concat(disallowedTools.stream(), names.stream()).toList(),
                model,
                permissionMode,
                maxTurns,
                color,
                prompt,
                examples,
                checklist,
                extensions,
                source,
                sha256);
    }

    /** The same agent without its examples, which are taken out of the description too: for measuring how it is found. */
    public AgentDefinition withoutExamples() {
        return new AgentDefinition(
                name,
                ExampleReader.without(description),
                tools,
                disallowedTools,
                model,
                permissionMode,
                maxTurns,
                color,
                prompt,
                List.of(),
                checklist,
                extensions,
                source,
                sha256);
    }

    /** The keys that mean nothing here, in the file's order. */
    public List<String> unknownKeys() {
        return extensions.keySet().stream()
                .filter(key -> !AgentKeys.KEPT.contains(key))
                .toList();
    }

    /** The skills that it begins with, by name. */
    public List<String> skills() {
        return KeptKeys.names(extensions.getOrDefault(AgentKeys.SKILLS, List.of()));
    }

    /** Where it keeps what it remembers from task to task: {@code user}, {@code project} or {@code local}. */
    public Optional<String> memory() {
        return KeptKeys.scope(extensions.getOrDefault(AgentKeys.MEMORY, ""));
    }

    /** Whether it works in a git worktree of its own: {@code isolation: worktree}. */
    public boolean isIsolated() {
        return KeptKeys.isWorktree(extensions.getOrDefault(AgentKeys.ISOLATION, ""));
    }

    /** Its hooks as its file has them, for whoever trusts the file. */
    public Optional<Object> hooks() {
        return Optional.ofNullable(extensions.get(AgentKeys.HOOKS));
    }

    /** It in one line for others to choose by: its name, and what it is for as far as {@code most} characters go. */
    public String inOneLine(int most) {
        String line = ExampleReader.without(description).strip().replaceAll("\\s+", " ");
        return name + ": " + (line.length() <= most ? line : line.substring(0, most - 1) + "…");
    }

    /** The same agent with a checklist. */
    public AgentDefinition withChecklist(String... items) {
        return new AgentDefinition(
                name,
                description,
                tools,
                disallowedTools,
                model,
                permissionMode,
                maxTurns,
                color,
                prompt,
                examples,
                new Checklist(List.of(items)),
                extensions,
                source,
                sha256);
    }

    /** The same agent in a permission mode, as an agent file would write it. */
    public AgentDefinition withPermissionMode(String mode) {
        return new AgentDefinition(
                name,
                description,
                tools,
                disallowedTools,
                model,
                Optional.of(mode),
                maxTurns,
                color,
                prompt,
                examples,
                checklist,
                extensions,
                source,
                sha256);
    }
}
