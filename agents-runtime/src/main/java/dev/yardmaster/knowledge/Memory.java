package dev.yardmaster.knowledge;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.FileTrouble;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where agents keep what they remember from task to task, as the format has it: {@code ~/.claude/agent-memory/NAME} for {@code
 * memory: user}, {@code .claude/agent-memory/NAME} of the workspace for {@code project}, and {@code .claude/agent-memory-local/NAME}
 * for {@code local}.
 *
 * @param home the home folder
 * @param unasked whether an agent may write there without being asked for: what it writes is before its eyes in every later task
 */
public record Memory(Path home, boolean unasked) {

    static final String INDEX = "MEMORY.md";
    private static final int MOST_LINES = 200;
    private static final int MOST_CHARACTERS = 25_000;

    /** Every change is asked for, as of any protected file. */
    public static Memory asking(Path home) {
        return new Memory(home, false);
    }

    /** The folder of an agent; empty when its file says nothing of memory, or its name cannot be a folder's. */
    public Optional<Path> folder(AgentDefinition agent, Path workspace) {
        String name = agent.name();
        if (name.contains("/") || name.contains("\\") || name.startsWith(".")) {
            return Optional.empty();
        }
        return agent.memory()
                .map(scope -> switch (scope) {
                    case "user" -> home.toAbsolutePath().resolve(".claude").resolve("agent-memory");
                    case "project" -> workspace.resolve(".claude").resolve("agent-memory");
                    default -> workspace.resolve(".claude").resolve("agent-memory-local");
                })
                .map(folder -> folder.resolve(name).normalize());
    }

    /** What an agent remembers: the beginning of {@code MEMORY.md}. */
    static Handout recall(Path folder) {
        Path file = folder.resolve(INDEX);
        return Handout.of(Handout.Kind.MEMORY, folder.toString(), Files.isRegularFile(file) ? beginning(file) : "");
    }

    private static String beginning(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String text = reader.lines().limit(MOST_LINES).collect(Collectors.joining("\n"));
            return text.length() <= MOST_CHARACTERS
                    ? text
                    : text.substring(0, MOST_CHARACTERS) + "\n[cut off after " + MOST_CHARACTERS + " characters]";
        } catch (MalformedInputException e) {
            return "[" + INDEX + " is not UTF-8]";
        } catch (IOException | java.io.UncheckedIOException e) {
            return "[" + INDEX + " cannot be read: " + FileTrouble.told(e) + "]";
        }
    }
}
