package dev.yardmaster.model;

import dev.yardmaster.event.YardmasterException;
import java.time.Duration;
import java.util.Optional;

/** A model gave no usable reply. */
public final class ModelException extends YardmasterException {

    /** Why, by what can be done about it. */
    public enum Kind {
        /** Too many requests or an overloaded provider: wait, then try again. */
        RATE_LIMITED(true),
        /** Network or server trouble: try again. */
        TRANSIENT(true),
        /** The transcript is longer than the model's window: compact it. */
        CONTEXT_TOO_LONG(false),
        /** The provider refused what was asked or answered. */
        CONTENT_FILTERED(false),
        /** No, a wrong or an exhausted key. */
        NOT_AUTHORIZED(false),
        /** The provider does not know the model. */
        UNKNOWN_MODEL(false),
        /** The request itself is wrong, or a script has no reply to it. */
        BAD_REQUEST(false);

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

    public ModelException(Kind kind, String message) {
        super(message);
        this.kind = kind;
        this.retryAfter = Optional.empty();
    }

    public ModelException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = Optional.empty();
    }

    public Kind kind() {
        return kind;
    }

    /** How long the provider asked to wait. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
