package dev.yardmaster.hook;

import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.tool.builtin.ShellScript;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads hooks as settings files and agent files have them: {@code {"PreToolUse": [{"matcher": "Bash", "hooks": [{"type":
 * "command", "command": "./check.sh"}]}]}}.
 */
public final class HookReader {

    private static final List<String> TYPES = List.of("command", "http", "mcp_tool", "prompt", "agent");
    private static final Duration LONGEST = Duration.ofHours(1);

    /**
     * What was read.
     *
     * @param hooks those that can be asked
     * @param passed those that mean nothing here, each with why
     * @param problems what cannot be understood: it may have been meant to hold something back
     */
    public record Read(Hooks hooks, List<String> passed, List<String> problems) {

        public Read {
            passed = List.copyOf(passed);
            problems = List.copyOf(problems);
        }
    }

    private final String source;
    private final Optional<Path> project;
    private final List<Hook> hooks = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final TreeSet<String> passed = new TreeSet<>();

    private HookReader(String source, Optional<Path> project) {
        this.source = source;
        this.project = project;
    }

    /**
     * Reads what stands behind the key {@code hooks}.
     *
     * @param plain as maps, lists, texts, numbers and booleans
     * @param source where it was written
     * @param project the folder that commands find in {@code CLAUDE_PROJECT_DIR}; the workspace's root when empty
     */
    public static Read read(Object plain, String source, Optional<Path> project) {
        var reader = new HookReader(source, project);
        reader.events(plain);
        Hooks all = Hooks.of(reader.hooks.toArray(Hook[]::new));
        return new Read(all, List.copyOf(reader.passed), reader.problems);
    }

    private void events(Object plain) {
        if (!(plain instanceof Map<?, ?> events)) {
            problem("'hooks' has to be a mapping of events, such as PreToolUse");
            return;
        }
        events.forEach((name, matchers) -> {
            String event = String.valueOf(name);
            Optional<HookEvent> known = HookEvent.find(event);
            if (known.isPresent()) {
                matchers(known.get(), matchers);
            } else if (HookEvent.ELSEWHERE.contains(event)) {
                passed.add("the event " + event + " does not occur here; there are "
                        + String.join(", ", HookEvent.names()));
            } else if (DidYouMean.find(event, HookEvent.names()).isPresent()) {
                problem("there is no event '" + event + "'" + DidYouMean.hint(event, HookEvent.names()));
            } else {
                passed.add("the event " + event + " is not known here"); // of a newer version of the format
            }
        });
    }

    private void matchers(HookEvent event, Object plain) {
        if (!(plain instanceof List<?> matchers)) {
            problem("'" + event.spelling() + "' has to be a list of {matcher, hooks}");
            return;
        }
        for (Object each : matchers) {
            if (each instanceof Map<?, ?> matcher && matcher.get("hooks") instanceof List<?> handlers) {
                Object text = matcher.get("matcher");
                matcher(event, text == null ? "*" : String.valueOf(text))
                        .ifPresent(which -> handlers.forEach(handler -> handler(event, which, handler)));
            } else {
                problem("an entry of '" + event.spelling() + "' has no list 'hooks'");
            }
        }
    }

    private Optional<HookMatcher> matcher(HookEvent event, String text) {
        try {
            return Optional.of(HookMatcher.of(text));
        } catch (IllegalArgumentException e) {
            problem("the matcher of '" + event.spelling() + "': " + e.getMessage());
            return Optional.empty();
        }
    }

    private void handler(HookEvent event, HookMatcher matcher, Object plain) {
        if (!(plain instanceof Map<?, ?> handler)) {
            problem("a hook of '" + event.spelling() + "' is no mapping of type and command");
            return;
        }
        String type = text(handler, "type").orElse("");
        if (!type.equals("command")) {
            if (TYPES.contains(type)) {
                passed.add("hooks of type " + type + " are not run here (" + event.spelling() + "); only commands are");
            } else {
                problem("a hook of '" + event.spelling() + "' has the type '" + type + "'; there are "
                        + String.join(", ", TYPES));
            }
            return;
        }
        Optional<String> command = text(handler, "command");
        Optional<Duration> timeout = timeout(event, handler.get("timeout"));
        if (command.isEmpty()) {
            problem("a hook of '" + event.spelling() + "' has no command");
        }
        if (command.isEmpty() || timeout.isEmpty()) {
            return;
        }
        List<String> arguments = arguments(handler.get("args"));
        String shown =
                command.get() + arguments.stream().map(each -> " " + each).collect(Collectors.joining());
        boolean program = handler.get("args") instanceof List<?>;
        hooks.add(new Hook(
                event,
                matcher,
                text(handler, "if"),
                new CommandHandler(
                        program ? program(command.get(), arguments) : command.get(), shown, timeout.get(), project),
                !isTrue(handler.get("async")) && !isTrue(handler.get("asyncRewake")),
                source));
    }

    /** With arguments it is a program and not a line for a shell: each word is taken as it is. */
    private static String program(String command, List<String> arguments) {
        var words = new ArrayList<String>();
        words.add(command);
        words.addAll(arguments);
        return words.stream()
                .map(word -> List.of(word.split("\\$\\{" + CommandHandler.PROJECT + "\\}", -1)).stream()
                        .map(part -> part.isEmpty() ? "" : ShellScript.quoted(part))
                        .collect(Collectors.joining("\"${" + CommandHandler.PROJECT + "}\"")))
                .collect(Collectors.joining(" "));
    }

    private static List<String> arguments(Object plain) {
        return plain instanceof List<?> all ? all.stream().map(String::valueOf).toList() : List.of();
    }

    private Optional<Duration> timeout(HookEvent event, Object plain) {
        if (plain == null) {
            return Optional.of(event.timeout());
        }
        try {
            var timeout = Duration.ofMillis((long) (Double.parseDouble(String.valueOf(plain)) * 1_000));
            if (timeout.isPositive()) {
                return Optional.of(timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout);
            }
        } catch (NumberFormatException e) {
            // told below, together with numbers that are too small
        }
        problem("a hook of '" + event.spelling() + "' has the timeout '" + plain
                + "'; it has to be a number of seconds");
        return Optional.empty();
    }

    private static Optional<String> text(Map<?, ?> handler, String key) {
        return Optional.ofNullable(handler.get(key)).map(String::valueOf).filter(text -> !text.isBlank());
    }

    private static boolean isTrue(Object plain) {
        return "true".equals(String.valueOf(plain));
    }

    private void problem(String what) {
        problems.add(source + ": " + what);
    }
}
