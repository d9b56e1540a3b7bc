package dev.yardmaster.hook;

import dev.yardmaster.event.DidYouMean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Reads hooks as settings files and agent files have them: {@code {"PreToolUse": [{"matcher": "Bash", "hooks": [{"type":
 * "command", "command": "./check.sh"}]}]}}.
 */
public final class HookReader {

    /**
     * What was read.
     *
     * @param hooks those that can be asked
     * @param passed those that mean nothing here, each with why
     * @param unguarded those of them that could have held something back
     * @param problems what cannot be understood: it may have been meant to hold something back
     */
    public record Read(Hooks hooks, List<String> passed, List<String> unguarded, List<String> problems) {

        public Read {
            passed = List.copyOf(passed);
            unguarded = List.copyOf(unguarded);
            problems = List.copyOf(problems);
        }
    }

    private final String source;
    private final HandlerReader handlers;
    private final List<Hook> hooks = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final TreeSet<String> passed = new TreeSet<>();
    private final TreeSet<String> unguarded = new TreeSet<>();

    private HookReader(String source, Optional<Path> project, boolean own) {
        this.source = source;
        this.handlers = new HandlerReader(project, own, this::problem, this::passed);
    }

    /**
     * Reads what stands behind the key {@code hooks}.
     *
     * @param plain as maps, lists, texts, numbers and booleans
     * @param source where it was written
     * @param project the folder that commands find in {@code CLAUDE_PROJECT_DIR}; when empty, it is the workspace's root, and the
     *     settings are a person's own: servers that they name may be anywhere
     */
    public static Read read(Object plain, String source, Optional<Path> project) {
        return read(plain, new HookReader(source, project, project.isEmpty()));
    }

    /** Reads those of a file of an agent or a skill: servers that it names have to be on the public web. */
    public static Read ofFile(Object plain, String source) {
        return read(plain, new HookReader(source, Optional.empty(), false));
    }

    private static Read read(Object plain, HookReader reader) {
        reader.events(plain);
        Hooks all = Hooks.of(reader.hooks.toArray(Hook[]::new));
        return new Read(all, List.copyOf(reader.passed), List.copyOf(reader.unguarded), reader.problems);
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
        boolean waited =
                !HandlerReader.isTrue(handler.get("async")) && !HandlerReader.isTrue(handler.get("asyncRewake"));
        handlers.read(event, matcher, handler)
                .map(what -> new Hook(
                        event,
                        matcher,
                        HandlerReader.text(handler, "if"),
                        what,
                        waited || !(what instanceof CommandHandler),
                        source))
                .ifPresent(hooks::add);
    }

    private void passed(HookEvent event, String what) {
        passed.add(what);
        if (event.isDenied()) {
            unguarded.add(source + ": " + what);
        }
    }

    private void problem(String what) {
        problems.add(source + ": " + what);
    }
}
