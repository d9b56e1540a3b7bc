package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.definition.UnknownAgentException;
import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.routing.Match;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The task as it was typed, and who gets it. */
final class Task {

    private Task() {}

    /**
     * The task; read from standard input where it is a hyphen, as from another program.
     *
     * @throws UsageException when it is empty, or came without quotes
     */
    static String of(Caller caller, List<String> words) {
        return of(words.equals(List.of("-")) ? List.of(typed(caller)) : words);
    }

    private static String typed(Caller caller) {
        try {
            return new String(caller.in().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UsageException(
                    "the task was to come from standard input (-), which cannot be read: " + FileTrouble.of(e));
        }
    }

    private static String of(List<String> words) {
        if (words.isEmpty()) {
            throw new UsageException("there is no task; write it in quotes: \"make the report faster\"");
        }
        if (words.size() > 1) {
            String all = String.join(" ", words);
            throw new UsageException("the task came as " + words.size() + " words; put it in quotes: \""
                    + all.replace("\"", "\\\"") + "\"");
        }
        if (words.getFirst().isBlank()) {
            throw new UsageException("the task is empty; say what is to be done, such as \"make the report faster\"");
        }
        return words.getFirst().strip();
    }

    /**
     * Who gets the task: the named agent, or the one that the router finds.
     *
     * @throws UsageException when there is no such agent, or the task names another one
     */
    static Match match(Session session, String task, List<String> labels, Optional<String> agent) {
        if (agent.isEmpty()) {
            return session.match(task, labels);
        }
        Match match = session.matchByWords(task);
        String name = agent.get().startsWith("@") ? agent.get().substring(1) : agent.get();
        try {
            session.catalog().get(name);
        } catch (UnknownAgentException e) {
            throw new UsageException(Refusals.told(e, session.catalog()));
        }
        if (match.stage() == Match.Stage.MENTION && !match.chosen().equals(Optional.of(name))) {
            throw new UsageException("--agent says '" + name + "' and the task says '@"
                    + match.chosen().orElseThrow() + "'; leave one of them out");
        }
        return new Match(task, List.of(), Optional.of(name), Match.Stage.MENTION, "it was named by --agent");
    }
}
