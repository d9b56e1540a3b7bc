package dev.yardmaster.hook;

import dev.yardmaster.tool.builtin.ShellScript;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reads one handler: what is done when a hook is asked.
 *
 * @param project see {@link HookReader#read}
 * @param own whether it is of a person's own settings
 * @param problems is told of what cannot be understood
 * @param passed is told of what means nothing here
 */
record HandlerReader(
        Optional<Path> project, boolean own, Consumer<String> problems, BiConsumer<HookEvent, String> passed) {

    private static final List<String> TYPES = List.of("command", "http", "mcp_tool", "prompt", "agent");
    private static final Duration LONGEST = Duration.ofHours(1);

    Optional<HookHandler> read(HookEvent event, HookMatcher matcher, Map<?, ?> plain) {
        String at = "a hook of '" + event.spelling() + (matcher.isAll() ? "" : "[" + matcher.text() + "]") + "'";
        String type = text(plain, "type").orElse("");
        if (!TYPES.contains(type)) {
            problems.accept(at + " has the type '" + type + "'; there are " + String.join(", ", TYPES));
            return Optional.empty();
        }
        Optional<Duration> timeout = timeout(event, type, plain.get("timeout"), at);
        if (timeout.isEmpty()) {
            return Optional.empty();
        }
        return switch (type) {
            case "command" -> command(event, plain, timeout.get(), at);
            case "http" -> http(plain, timeout.get(), at);
            case "prompt", "agent" ->
                required(plain, "prompt", at)
                        .map(prompt -> new PromptHandler(
                                prompt, text(plain, "model").orElse(""), timeout.get(), type.equals("agent")));
            default -> {
                passed.accept(
                        event,
                        at + " is of the type " + type + ", which is not run here; make it a command, or one of the"
                                + " type http");
                yield Optional.empty();
            }
        };
    }

    private Optional<HookHandler> command(HookEvent event, Map<?, ?> plain, Duration timeout, String at) {
        if (isTrue(plain.get("asyncRewake"))) {
            passed.accept(
                    event,
                    at + " has 'asyncRewake'; it is run as with 'async', and wakes nobody: leave that out where its"
                            + " word is to count");
        }
        String shell = text(plain, "shell").orElse("bash");
        if (!shell.equals("bash")) {
            passed.accept(event, at + " is for the shell " + shell + ", and is not run: there is bash here");
            return Optional.empty();
        }
        List<String> arguments = texts(plain.get("args"));
        return required(plain, "command", at)
                .map(command -> new CommandHandler(
                        plain.get("args") instanceof List<?> ? program(command, arguments) : command,
                        command + arguments.stream().map(each -> " " + each).collect(Collectors.joining()),
                        timeout,
                        project));
    }

    private Optional<HookHandler> http(Map<?, ?> plain, Duration timeout, String at) {
        var headers = new LinkedHashMap<String, String>();
        if (plain.get("headers") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> headers.put(String.valueOf(name), String.valueOf(value)));
        }
        return required(plain, "url", at)
                .map(url ->
                        new HttpHandler(url, Map.copyOf(headers), texts(plain.get("allowedEnvVars")), timeout, own));
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

    private Optional<String> required(Map<?, ?> plain, String key, String at) {
        Optional<String> value = text(plain, key);
        if (value.isEmpty()) {
            problems.accept(at + " has no " + key);
        }
        return value;
    }

    private Optional<Duration> timeout(HookEvent event, String type, Object plain, String at) {
        if (plain == null) {
            Duration usual = event.timeout();
            if (type.equals("prompt") || type.equals("agent")) {
                Duration own = PromptHandler.usual(type.equals("agent"));
                return Optional.of(usual.compareTo(own) > 0 ? own : usual);
            }
            return Optional.of(usual);
        }
        try {
            var timeout = Duration.ofMillis((long) (Double.parseDouble(String.valueOf(plain)) * 1_000));
            if (timeout.isPositive()) {
                return Optional.of(timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout);
            }
        } catch (NumberFormatException e) {
            // told below, together with numbers that are too small
        }
        problems.accept(at + " has the timeout '" + plain + "'; it has to be a number of seconds");
        return Optional.empty();
    }

    private static List<String> texts(Object plain) {
        return plain instanceof List<?> all ? all.stream().map(String::valueOf).toList() : List.of();
    }

    static Optional<String> text(Map<?, ?> plain, String key) {
        return Optional.ofNullable(plain.get(key)).map(String::valueOf).filter(text -> !text.isBlank());
    }

    static boolean isTrue(Object plain) {
        return "true".equals(String.valueOf(plain));
    }
}
