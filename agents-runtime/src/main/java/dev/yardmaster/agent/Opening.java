package dev.yardmaster.agent;

import dev.yardmaster.model.Message;
import dev.yardmaster.tool.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The messages that a transcript begins with, recorded, so that work goes on with the words it was begun with, also
 * when the agent's file or our own wording has changed since.
 *
 * @param messages the system message, then the transcript it follows, if any, and the task
 * @param seen what the agent knows of files from the transcript it follows
 */
record Opening(List<Message> messages, List<Sighting> seen) {

    Opening {
        seen = List.copyOf(seen);
        messages = List.copyOf(messages);
    }

    /** What an opening is made from. */
    record Brief(String task, Optional<Transcript> follows) {}

    static Opening of(String system, Brief brief, String model) {
        var messages = new ArrayList<Message>();
        messages.add(new Message.System(system));
        brief.follows().ifPresent(earlier -> {
            boolean sameModel = earlier.model().equals(model);
            earlier.messages().stream()
                    .filter(message -> !(message instanceof Message.System))
                    .map(message -> sameModel ? message : portable(message))
                    .forEach(messages::add);
        });
        messages.add(Message.User.of(brief.task()));
        return new Opening(messages, brief.follows().map(Transcript::seen).orElse(List.of()));
    }

    /** Without what only the provider that wrote it can read. */
    private static Message portable(Message message) {
        return message instanceof Message.Assistant reply
                ? new Message.Assistant(reply.text(), reply.calls(), Map.of())
                : message;
    }
}
