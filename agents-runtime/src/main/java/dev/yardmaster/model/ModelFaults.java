package dev.yardmaster.model;

import com.google.re2j.Pattern;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import java.util.Locale;
import java.util.Optional;

/** Sorts what a langchain4j model throws by what can be done about it, and takes keys out of its texts. */
final class ModelFaults {

    private static final int MAX_TEXT = 500;
    private static final Pattern SECRET = Pattern.compile(
            "(?i)(sk-[a-z0-9_-]{8,}|AIza[a-z0-9_-]{20,}|(?:bearer|x-api-key|api[_-]?key|authorization)[\"']?\\s*[:= ]\\s*[\"']?[^\\s\"',}]+)");

    private ModelFaults() {}

    static ModelException of(String model, RuntimeException e) {
        if (e instanceof ModelException ours) {
            return ours;
        }
        ModelException.Kind kind = kind(e);
        return new ModelException(kind, "model '" + model + "': " + remedy(kind) + safe(text(e)), e);
    }

    private static String remedy(ModelException.Kind kind) {
        return switch (kind) {
            case RATE_LIMITED -> "too many requests: ";
            case TRANSIENT -> "no reply: ";
            case CONTEXT_TOO_LONG -> "the transcript is longer than its window: ";
            case CONTENT_FILTERED -> "refused by the provider's content filter: ";
            case NOT_AUTHORIZED -> "not authorized, or the account's quota is used up; check the key and the account: ";
            case UNKNOWN_MODEL -> "unknown to the provider; check the model's name: ";
            case BAD_REQUEST -> "refused the request: ";
        };
    }

    private static ModelException.Kind kind(RuntimeException e) {
        String text = text(e).toLowerCase(Locale.ROOT);
        if (text.contains("insufficient_quota") || text.contains("spend_limit") || text.contains("credit balance")) {
            return ModelException.Kind.NOT_AUTHORIZED;
        }
        if (text.contains("context_length_exceeded")
                || text.contains("prompt is too long")
                || text.contains("maximum context length")) {
            return ModelException.Kind.CONTEXT_TOO_LONG;
        }
        if (text.contains("content_filter")) {
            return ModelException.Kind.CONTENT_FILTERED;
        }
        return status(e).map(ModelFaults::ofStatus).orElseGet(() -> ofType(e));
    }

    private static ModelException.Kind ofStatus(int status) {
        return switch (status) {
            case 401, 402, 403 -> ModelException.Kind.NOT_AUTHORIZED;
            case 404 -> ModelException.Kind.UNKNOWN_MODEL;
            case 413 -> ModelException.Kind.CONTEXT_TOO_LONG;
            case 429, 503, 529 -> ModelException.Kind.RATE_LIMITED;
            case 408, 409, 425 -> ModelException.Kind.TRANSIENT;
            default -> status >= 500 ? ModelException.Kind.TRANSIENT : ModelException.Kind.BAD_REQUEST;
        };
    }

    private static ModelException.Kind ofType(RuntimeException e) {
        return switch (e) {
            case RateLimitException limited -> ModelException.Kind.RATE_LIMITED;
            case TimeoutException late -> ModelException.Kind.TRANSIENT;
            case AuthenticationException denied -> ModelException.Kind.NOT_AUTHORIZED;
            case ModelNotFoundException unknown -> ModelException.Kind.UNKNOWN_MODEL;
            case ContentFilteredException filtered -> ModelException.Kind.CONTENT_FILTERED;
            case InvalidRequestException invalid -> ModelException.Kind.BAD_REQUEST;
            case UnsupportedFeatureException unsupported -> ModelException.Kind.BAD_REQUEST;
            case InternalServerException broken -> ModelException.Kind.TRANSIENT;
            default -> ModelException.Kind.TRANSIENT; // the client's own trouble with a reply it could not read
        };
    }

    private static Optional<Integer> status(Throwable e) {
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (each instanceof HttpException http) {
                return Optional.of(http.statusCode());
            }
        }
        return Optional.empty();
    }

    private static String text(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String safe(String text) {
        String redacted = SECRET.matcher(text).replaceAll("[redacted]");
        return redacted.length() <= MAX_TEXT ? redacted : redacted.substring(0, MAX_TEXT) + "…";
    }
}
