package dev.yardmaster.agent;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.yardmaster.event.Json;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.ToolSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** The messages between an agent at work and its model, in order. Its positions may be read on any thread while it grows. */
final class TranscriptSoFar {

    /** For what a short task comes to. */
    private static final int ROOM = 6;

    /** Its messages since it was made shorter; positions before that are told from the messages before. */
    private Stretch stretch = new Stretch(List.of());

    private Consumer<Message> listener = message -> {};

    /** Has somebody told of every message from now on, of summaries, too. */
    void listen(Consumer<Message> own) {
        listener = own;
    }

    /**
     * Where a transcript stands: what a recorded model reply was asked with, in a size that does not grow with it.
     *
     * @param agent the agent's name
     * @param messages how many there are
     * @param sha256 a hash over all of them and the tools; computed when somebody stores or compares it
     */
    record Position(String agent, int messages, Json sha256) {}

    void add(Message message) {
        stretch.add(message);
        listener.accept(message);
    }

    /** Goes on from a shorter one that says the same. */
    void replace(List<Message> shorter) {
        stretch = new Stretch(shorter);
        shorter.stream().filter(Message.Summary.class::isInstance).forEach(listener);
    }

    /** All messages so far. A view: only for the thread that adds to it, until it adds more. */
    List<Message> messages() {
        return stretch.view;
    }

    Position position(String agent, List<ToolSchema> tools) {
        int count = stretch.messages.size();
        return new Position(
                agent, count, Json.of(new Asked(stretch, count, tools)).digest());
    }

    /** What is hashed: everything up to a message, and the tools. */
    private record Asked(Stretch stretch, int messages, List<ToolSchema> tools) {
        @JsonValue
        List<Object> parts() {
            return List.of(stretch.chain(messages), tools);
        }
    }

    /** Messages of which none is taken away. */
    private static final class Stretch {

        private final List<Message> messages;
        private final List<Message> view;
        private final List<String> hashes = new ArrayList<>();

        private Stretch(List<Message> first) {
            messages = new ArrayList<>(first.size() + ROOM);
            messages.addAll(first);
            view = Collections.unmodifiableList(messages);
        }

        private synchronized void add(Message message) {
            messages.add(message);
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
}
