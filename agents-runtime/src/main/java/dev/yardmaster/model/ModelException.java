package dev.yardmaster.model;

import dev.yardmaster.event.YardmasterException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A model gave no usable reply; {@link #reason} says what can be done about it. */
public final class ModelException extends YardmasterException {

    /** Why, by what can be done about it. */
    public enum Kind {
        /** Too many requests of ours: wait, then try again. */
        RATE_LIMITED(true),
        /** The provider has too much to do: wait, then try again. */
        OVERLOADED(true),
        /** Network or server trouble: try again. */
        TRANSIENT(true),
        /** The transcript is longer than the model's window: compact it. */
        CONTEXT_TOO_LONG(false),
        /** The provider refused what was asked or answered. */
        CONTENT_FILTERED(false),
        /** The account's money or quota is used up: a person has to see to it. */
        QUOTA_EXHAUSTED(false),
        /** No key, or a wrong one. */
        NOT_AUTHORIZED(false),
        /** The provider does not know the model. */
        UNKNOWN_MODEL(false),
        /** The request itself is wrong, or a script has no reply to it. */
        BAD_REQUEST(false),
        /** A {@link Model} threw what is no {@code ModelException}, or returned nothing: who wrote it has to see to it. */
        FAILED(false);

        private final boolean retryable;

        Kind(boolean retryable) {
            this.retryable = retryable;
        }

        public boolean retryable() {
            return retryable;
        }
    }

    private final Kind kind;
    private final Optional<Duration> retryAfter;
    private final Optional<String> requestId;
    private final Map<String, String> facts;

    public ModelException(Kind kind, String message) {
        super(message);
        this.kind = kind;
        this.retryAfter = Optional.empty();
        this.requestId = Optional.empty();
        this.facts = Map.of();
    }

    public ModelException(Kind kind, String message, Throwable cause) {
        this(kind, message, cause, Optional.empty());
    }

    /** The same, when the provider said how long to wait. */
    public ModelException(Kind kind, String message, Duration retryAfter) {
        super(message);
        this.kind = kind;
        this.retryAfter = Optional.of(retryAfter);
        this.requestId = Optional.empty();
        this.facts = Map.of();
    }

    /** The same, with what was caught. */
    public ModelException(Kind kind, String message, Throwable cause, Optional<Duration> retryAfter) {
        this(kind, message, cause, retryAfter, Map.of());
    }

    ModelException(
            Kind kind, String message, Throwable cause, Optional<Duration> retryAfter, Map<String, String> facts) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
        this.requestId = requestId(cause);
        this.facts = facts;
    }

    /**
     * What a model threw, as an agent's failure: a {@code ModelException} is one already, and what langchain4j or the
     * network throws is sorted as it is for a {@link ChatModelAdapter}. Anything else is {@link Kind#FAILED}, and
     * {@code facts()} name agent and model.
     *
     * @param agent who asked
     */
    public static ModelException thrownBy(Model model, String agent, RuntimeException thrown) {
        return ModelFaults.ofOwn(agent, model.name(), thrown);
    }

    /** The same in other words, with this as its cause. */
    public ModelException retold(String words) {
        return new ModelException(kind, words, this, retryAfter, facts);
    }

    private static Optional<String> requestId(Throwable cause) {
        return switch (cause) {
            case HttpStatusException http -> http.requestId();
            case ModelException model -> model.requestId;
            default ->
                cause.getCause() == null || cause.getCause() == cause ? Optional.empty() : requestId(cause.getCause());
        };
    }

    /** Why, by what can be done about it. */
    public Kind reason() {
        return kind;
    }

    @Override
    public String kind() {
        return "model." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public boolean retryable() {
        return kind.retryable();
    }

    @Override
    public Map<String, String> facts() {
        return facts;
    }

    /** How long the provider asked to wait. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** What the provider calls the request, for its support. */
    public Optional<String> requestId() {
        return requestId;
    }
}
