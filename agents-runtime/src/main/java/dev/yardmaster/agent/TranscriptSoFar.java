package dev.yardmaster.agent;

import dev.yardmaster.event.Json;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.ToolSchema;
import java.util.ArrayList;
import java.util.List;

/** The messages between an agent at work and its model, in order. Grows only; not thread-safe. */
final class TranscriptSoFar {

    private final List<Message> messages = new ArrayList<>();
    private String chain = "";

    /**
     * Where a transcript stands: what a recorded model reply was asked with, in a size that does not grow with it.
     *
     * @param agent the agent's name
     * @param messages how many there are
     * @param sha256 a hash over all of them and the tools
     */
    record Position(String agent, int messages, String sha256) {}

    void add(Message message) {
        messages.add(message);
        chain = Json.of(List.of(chain, Json.of(message).sha256())).sha256();
    }

    /** All messages so far. */
    List<Message> messages() {
        return List.copyOf(messages);
    }

    Position position(String agent, List<ToolSchema> tools) {
        return new Position(
                agent, messages.size(), Json.of(List.of(chain, tools)).sha256());
    }
}
