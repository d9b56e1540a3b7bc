package dev.yardmaster.agent;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.yardmaster.event.Json;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.ToolSchema;
import dev.yardmaster.tool.Sighting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an agent begins with: the messages and the tools, recorded. When its file, a tool or our own wording has changed
 * since, a resume says so; where changes are allowed, work goes on with the words it was begun with.
 *
 * @param messages the system message, then the transcript it follows, if any, and the task
 * @param seen what the agent knows of files from the transcript it follows
 * @param tools the hash of what the model is told of each tool, by the tool's name; computed when somebody stores it
 */
record Opening(List<Message> messages, List<Sighting> seen, Map<String, Json> tools) {

    Opening {
        tools = tools == null ? Map.of() : Map.copyOf(tools); // the first versions have none
        seen = List.copyOf(seen);
        messages = List.copyOf(messages);
    }

    /** What an opening is made from. @param hooked what hooks want told besides the task */
    record Brief(
            String task,
            Optional<Transcript> follows,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String hooked) {

        Brief(String task, Optional<Transcript> follows) {
            this(task, follows, "");
        }

        Brief with(String more) {
            return more.isEmpty() && hooked.isEmpty() ? this : new Brief(task, follows, more);
        }

        private String told() {
            return hooked.isEmpty() ? task : task + "\n\n# Told by hooks\n\n" + hooked;
        }
    }

    /** What has to stay as it was, and how a difference names it. */
    record Essence(List<Message> messages, Map<String, String> tools) {}

    Essence essence() {
        var shown = new TreeMap<String, String>();
        tools.forEach((name, hash) ->
                shown.put(name, "offered, described by " + hash.as(String.class).substring(0, 12)));
        return new Essence(messages, shown);
    }

    /** @param tools see {@link #digests} */
    static Opening of(String system, Brief brief, String model, Map<String, Json> tools) {
        var messages = new ArrayList<Message>();
        messages.add(new Message.System(system));
        brief.follows().ifPresent(earlier -> {
            boolean sameModel = earlier.model().equals(model);
            earlier.messages().stream()
                    .filter(message -> !(message instanceof Message.System))
                    .map(message -> sameModel ? message : portable(message))
                    .forEach(messages::add);
        });
        messages.add(Message.User.of(brief.told()));
        return new Opening(messages, brief.follows().map(Transcript::seen).orElse(List.of()), tools);
    }

    /** The hash of what a model is told of each tool, by the tool's name. */
    static Map<String, Json> digests(List<ToolSchema> schemas) {
        var digests = new HashMap<String, Json>();
        schemas.forEach(schema -> digests.put(schema.name(), Json.of(schema).digest()));
        return Map.copyOf(digests);
    }

    /** Without what only the provider that wrote it can read. */
    private static Message portable(Message message) {
        return message instanceof Message.Assistant reply
                ? new Message.Assistant(reply.text(), reply.calls(), Map.of())
                : message;
    }
}
