package dev.yardmaster.context;

import dev.yardmaster.model.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a conversation was made shorter: recorded as what is different, so that whoever folds the run comes to the same
 * conversation. Calls and their results stay together, and what the agent was asked stays as it was.
 *
 * @param why what made it necessary
 * @param before what a request took, in tokens, as far as that was known
 * @param after what it took afterwards
 * @param window what fits the model
 * @param shortened results that are told in short
 * @param summarized the part that a summary stands for; empty when shorter results were enough
 */
public record Compaction(
        Why why, long before, long after, long window, List<Shortened> shortened, Optional<Summarized> summarized) {

    public Compaction {
        shortened = List.copyOf(shortened);
        summarized = summarized == null ? Optional.empty() : summarized;
    }

    /** What made it necessary. */
    public enum Why {
        /** The window was nearly full. */
        NEARLY_FULL,
        /** A request was refused as too long. */
        OVERFLOW
    }

    /** A result that is told in short, and without what it shows. @param message its place in the conversation before, from 0 */
    public record Shortened(int message, String text) {}

    /**
     * A part of the conversation before for which a summary stands.
     *
     * @param from the place of its first message, from 0
     * @param to the place behind its last one
     * @param kept the places of messages in it that stay all the same
     * @param summary what stands for the others, behind those that stay
     */
    public record Summarized(int from, int to, List<Integer> kept, Message.Summary summary) {
        public Summarized {
            kept = List.copyOf(kept);
        }
    }

    /** The conversation after it. @param messages the conversation before */
    public List<Message> of(List<Message> messages) {
        Map<Integer, String> short_ = new HashMap<>();
        shortened.forEach(each -> short_.put(each.message(), each.text()));
        var after = new ArrayList<Message>();
        for (int i = 0; i < messages.size(); i++) {
            int at = i;
            summarized.filter(part -> part.to() == at).ifPresent(part -> after.add(part.summary()));
            if (summarized
                    .filter(part ->
                            part.from() <= at && at < part.to() && !part.kept().contains(at))
                    .isEmpty()) {
                after.add(short_.containsKey(i) ? told(messages.get(i), short_.get(i)) : messages.get(i));
            }
        }
        return List.copyOf(after);
    }

    private static Message told(Message message, String text) {
        return message instanceof Message.ToolOutput output ? output.inWords(text) : message;
    }
}
