package dev.yardmaster.tool;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.yardmaster.event.Spending;
import java.util.List;
import java.util.Optional;

/** What became of a tool call. All of it is told to the model; none of it ends the run. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "result")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ToolResult.Text.class, name = "text"),
    @JsonSubTypes.Type(value = ToolResult.Rejected.class, name = "rejected"),
    @JsonSubTypes.Type(value = ToolResult.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = ToolResult.InDoubt.class, name = "in-doubt")
})
public sealed interface ToolResult {

    /**
     * It ran; this is what it says. A command that ends with an exit code other than 0 has run, too.
     *
     * @param text all that it says; of attachments, what they are
     * @param attachments what it shows besides, in the order in which the text speaks of it
     * @param seen what the agent knows of files from it; the runtime adds it, tools give none
     * @param spent what other agents used up for it; empty where none worked for it
     */
    record Text(
            String text,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Attachment> attachments,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Sighting> seen,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Spending> spent)
            implements ToolResult {

        public Text {
            attachments = attachments == null ? List.of() : List.copyOf(attachments); // results of older versions
            seen = seen == null ? List.of() : List.copyOf(seen);
            spent = spent == null ? Optional.empty() : spent;
        }

        public Text(String text) {
            this(text, List.of(), List.of(), Optional.empty());
        }

        /** One that shows something. */
        public static Text showing(String text, Attachment... attachments) {
            return new Text(text).withAttachments(List.of(attachments));
        }

        /** The same with what the agent knows of files from it. */
        public Text withSeen(List<Sighting> sightings) {
            return new Text(text, attachments, sightings, spent);
        }

        /** The same with other words; what it shows stays. */
        public Text withText(String words) {
            return new Text(words, attachments, seen, spent);
        }

        /** The same, which shows something else. */
        public Text withAttachments(List<Attachment> others) {
            return new Text(text, others, seen, spent);
        }

        /** The same with what was used up for it. */
        public Text withSpent(Spending used) {
            return new Text(text, attachments, seen, Optional.of(used));
        }
    }

    /** It was not run: unknown tool, malformed arguments, not permitted. The model can ask differently. */
    record Rejected(String why) implements ToolResult {}

    /**
     * It was run and did not work, and retries are used up.
     *
     * @param spent what other agents used up for it all the same
     */
    record Failed(
            String why,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Spending> spent) implements ToolResult {

        public Failed {
            spent = spent == null ? Optional.empty() : spent;
        }

        public Failed(String why) {
            this(why, Optional.empty());
        }
    }

    /** It had started when the process died; whether it happened is unknown. */
    record InDoubt(String call) implements ToolResult {

        private static final int SHOWN = 200;

        public static InDoubt of(ToolCall call) {
            String arguments = call.arguments().toString();
            return new InDoubt(
                    call.name() + " " + (arguments.length() > SHOWN ? arguments.substring(0, SHOWN) + "…" : arguments));
        }
    }

    /** What other agents used up for it. */
    default Spending spentByOthers() {
        return switch (this) {
            case Text result -> result.spent().orElse(Spending.none());
            case Failed result -> result.spent().orElse(Spending.none());
            case Rejected result -> Spending.none();
            case InDoubt result -> Spending.none();
        };
    }

    /** What the model is told. */
    default String forModel() {
        return switch (this) {
            case Text result -> result.text();
            case Rejected result -> "Rejected: " + result.why();
            case Failed result -> "Failed: " + result.why();
            case InDoubt result ->
                "Interrupted: " + result.call() + ". Its effect is unknown: check before you repeat it.";
        };
    }

    /** Whether the call ran and worked. */
    default boolean succeeded() {
        return this instanceof Text;
    }
}
