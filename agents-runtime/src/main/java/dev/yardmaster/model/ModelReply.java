package dev.yardmaster.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.yardmaster.event.Metered;
import dev.yardmaster.event.Usage;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a model answered.
 *
 * @param usage what it consumed, as the provider says
 * @param finish why it stopped
 * @param model the full name of the model that answered, when that is another than was asked first
 * @param dollars what it cost; empty when that is not known. The runtime says so by its price list; a model may itself
 */
public record ModelReply(
        Message.Assistant message,
        Usage usage,
        Finish finish,
        Optional<String> model,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<BigDecimal> dollars)
        implements Metered {

    public ModelReply {
        model = model == null ? Optional.empty() : model; // replies of the first versions have none
        dollars = dollars == null ? Optional.empty() : dollars;
    }

    public ModelReply(Message.Assistant message, Usage usage, Finish finish) {
        this(message, usage, finish, Optional.empty(), Optional.empty());
    }

    /** The same of another model than was asked first. @param name its full name */
    public ModelReply by(String name) {
        return new ModelReply(message, usage, finish, Optional.of(name), dollars);
    }

    /** The same with what it cost. */
    public ModelReply costing(Optional<BigDecimal> amount) {
        return new ModelReply(message, usage, finish, model, amount);
    }

    /** What stands where a reply could not be, because the request did not fit. @param why for people */
    public static ModelReply contextFull(String why) {
        return new ModelReply(Message.Assistant.of(why), Usage.none(), Finish.CONTEXT_FULL);
    }

    /** Why a reply ended. */
    public enum Finish {
        /** It said all it wanted to. */
        STOP,
        /** It wants tools to be called. */
        TOOL_CALLS,
        /** It reached its limit of output tokens; the end is missing. */
        LENGTH,
        /** The provider's content filter ended it. */
        CONTENT_FILTER,
        /** There is no reply: the request did not fit the model's window. The message says so in the model's place. */
        CONTEXT_FULL,
        /** Anything else. */
        OTHER
    }
}
