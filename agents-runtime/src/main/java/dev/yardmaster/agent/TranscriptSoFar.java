package dev.yardmaster.agent;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.yardmaster.event.Json;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.ToolSchema;
import java.util.ArrayList;
import java.util.List;

/** The messages between an agent at work and its model, in order. Grows only; may be read while it does. */
final class TranscriptSoFar {

    private final List<Message> messages = new ArrayList<>();
    private final List<String> hashes = new ArrayList<>();

    /**
     * Where a transcript stands: what a recorded model reply was asked with, in a size that does not grow with it.
     *
     * @param agent the agent's name
     * @param messages how many there are
     * @param sha256 a hash over all of them and the tools; computed when somebody stores or compares it
     */
    record Position(String agent, int messages, Json sha256) {}

    synchronized void add(Message message) {
        messages.add(message);
    }

    /** All messages so far. */
    synchronized List<Message> messages() {
        return List.copyOf(messages);
    }

    synchronized Position position(String agent, List<ToolSchema> tools) {
        int count = messages.size();
        return new Position(agent, count, Json.of(new Asked(this, count, tools)).digest());
    }

    /** What is hashed: everything up to a message, and the tools. */
    private record Asked(TranscriptSoFar transcript, int messages, List<ToolSchema> tools) {
        @JsonValue
        List<Object> parts() {
            return List.of(transcript.chain(messages), tools);
        }
    }

    /** A hash over the first messages, each of which is hashed once. */
    private synchronized String chain(int count) {
        while (hashes.size() < count) {
            String before = hashes.isEmpty() ? "" : hashes.getLast();
            Message next = messages.get(hashes.size());
            hashes.add(Json.of(List.of(before, Json.of(next).sha256())).sha256());
        }
        return hashes.get(count - 1);
    }
}
