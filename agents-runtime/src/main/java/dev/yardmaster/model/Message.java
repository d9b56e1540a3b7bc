package dev.yardmaster.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.yardmaster.tool.Attachment;
import dev.yardmaster.tool.ToolCall;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One message of a transcript. Our own, so that the journal's format does not depend on a library's. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "role")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Message.System.class, name = "system"),
    @JsonSubTypes.Type(value = Message.User.class, name = "user"),
    @JsonSubTypes.Type(value = Message.Summary.class, name = "summary"),
    @JsonSubTypes.Type(value = Message.Assistant.class, name = "assistant"),
    @JsonSubTypes.Type(value = Message.ToolOutput.class, name = "tool")
})
public sealed interface Message {

    /** Its words, without what it calls. */
    String text();

    /** What the model is told to be. */
    record System(String text) implements Message {}

    /** What the model is asked. */
    record User(List<Part> parts) implements Message {
        public User {
            parts = List.copyOf(parts);
        }

        public static User of(String text) {
            return new User(List.of(new Part.Text(text)));
        }

        /** The text parts, one below the other. */
        @Override
        public String text() {
            return parts.stream()
                    .filter(Part.Text.class::isInstance)
                    .map(part -> ((Part.Text) part).text())
                    .collect(Collectors.joining("\n"));
        }
    }

    /**
     * What stands for an earlier part of the transcript that was taken out; models are told it like a user's words.
     *
     * @param replies how many of the model's replies were in that part
     */
    record Summary(int replies, String text) implements Message {}

    /**
     * What the model replied.
     *
     * @param text may be empty when it only calls tools
     * @param attributes what the provider wants back with the message, such as signatures; only the adapter that
     *     wrote them reads them
     */
    record Assistant(String text, List<ToolCall> calls, Map<String, String> attributes) implements Message {
        public Assistant {
            calls = List.copyOf(calls);
            attributes = java.util.Collections.unmodifiableMap(new TreeMap<>(attributes));
        }

        public static Assistant of(String text, ToolCall... calls) {
            return new Assistant(text, List.of(calls), Map.of());
        }
    }

    /**
     * What a tool answered.
     *
     * @param error whether the call was rejected or failed
     * @param attachments what it shows beside the text; where a model cannot be shown it, it is told so
     */
    record ToolOutput(
            String callId,
            String tool,
            String text,
            boolean error,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Attachment> attachments)
            implements Message {

        public ToolOutput {
            attachments = attachments == null ? List.of() : List.copyOf(attachments); // messages of older versions
        }

        public ToolOutput(String callId, String tool, String text, boolean error) {
            this(callId, tool, text, error, List.of());
        }

        /** The same with other words, and nothing that it shows. */
        public ToolOutput inWords(String words) {
            return new ToolOutput(callId, tool, words, error);
        }
    }
}
