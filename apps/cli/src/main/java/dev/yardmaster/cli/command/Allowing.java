package dev.yardmaster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import java.net.URI;
import java.util.Locale;

/** The flags that would allow a call. */
final class Allowing {

    private static final int LONGEST = 200;

    private Allowing() {}

    /** {@code --allow 'Bash(npm test)', or --yes for everything}. */
    static String words(String tool, String arguments) {
        return switch (tool) {
            case "Bash" -> command(arguments) + ", or --yes for everything";
            case "Write", "Edit", "MultiEdit", "NotebookEdit" ->
                "--mode acceptEdits for edits inside the workspace, or --yes for everything";
            case "WebFetch" -> host(arguments) + ", or --yes for everything";
            default -> "--allow " + tool + ", or --yes for everything";
        };
    }

    private static String command(String arguments) {
        try {
            String command =
                    Json.parse(arguments).as(JsonNode.class).path("command").asText();
            boolean plain = !command.isBlank()
                    && command.length() <= LONGEST
                    && command.lines().count() == 1;
            return plain ? "--allow " + quoted("Bash(" + command + ")") : "--allow Bash for all commands";
        } catch (InvalidJsonException e) {
            return "--allow Bash for all commands";
        }
    }

    /** Not the tool as a whole: an address can carry out what the agent has read. */
    private static String host(String arguments) {
        try {
            String url = Json.parse(arguments).as(JsonNode.class).path("url").asText();
            String host = URI.create(url.strip()).getHost();
            return host == null
                    ? "--allow WebFetch for all hosts"
                    : "--allow " + quoted("WebFetch(domain:" + host.toLowerCase(Locale.ROOT) + ")");
        } catch (IllegalArgumentException | InvalidJsonException e) {
            return "--allow WebFetch for all hosts";
        }
    }

    /** As a shell takes it for one word. */
    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
