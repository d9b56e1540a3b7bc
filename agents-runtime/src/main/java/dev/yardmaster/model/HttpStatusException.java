package dev.yardmaster.model;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import java.util.Optional;

/**
 * A provider's answer with an error status, with the wait it asks for: langchain4j's own exception has no room for the
 * {@code Retry-After} header. For transports of langchain4j models; {@link ChatModelAdapter} makes a
 * {@link ModelException} of it.
 */
public final class HttpStatusException extends HttpException {

    private final Optional<Duration> retryAfter;
    private final Optional<String> requestId;

    /** @param body what the provider says, without keys */
    public HttpStatusException(int status, String body, Optional<Duration> retryAfter) {
        this(status, body, retryAfter, Optional.empty());
    }

    /** @param requestId what the provider calls the request */
    public HttpStatusException(int status, String body, Optional<Duration> retryAfter, Optional<String> requestId) {
        super(status, body);
        this.retryAfter = retryAfter;
        this.requestId = requestId;
    }

    /** What the provider calls the request, as its header says. */
    public Optional<String> requestId() {
        return requestId;
    }

    /** How long the provider asked to wait. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
