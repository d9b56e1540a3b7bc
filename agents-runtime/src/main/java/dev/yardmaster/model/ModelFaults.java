package dev.yardmaster.model;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.yardmaster.model.ModelException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Sorts what a langchain4j model throws by what can be done about it. The HTTP status and the provider's own error codes
 * count for more than langchain4j's classes: it files an exhausted quota under rate limits and a transcript that is too
 * long under invalid requests.
 */
final class ModelFaults {

    private static final int MAX_TEXT = 300;

    /** Money is gone: waiting does not help, although the status is that of a rate limit. */
    private static final List<String> QUOTA = List.of(
            "insufficient_quota",
            "spend_limit",
            "credit_balance",
            "credit balance",
            "billing_hard_limit",
            "billing_not_active",
            "insufficient balance");

    private static final List<String> TOO_LONG = List.of(
            "context_length_exceeded",
            "exceed_context_size",
            "prompt is too long",
            "maximum context length",
            "exceed context limit",
            "exceeds the available context",
            "exceeds context length",
            "input token count",
            "request_too_large");

    private static final List<String> FILTERED = List.of("content_filter", "content management policy");

    private ModelFaults() {}

    /** The exception for the runtime. An interrupt that the client swallowed is set on the thread again. */
    static ModelException of(String model, RuntimeException e) {
        List<Throwable> chain = chain(e);
        Optional<ModelException> ours = first(chain, ModelException.class);
        if (ours.isPresent()) {
            return ours.get();
        }
        if (chain.stream().anyMatch(ModelFaults::interrupt)) {
            Thread.currentThread().interrupt();
        }
        String texts = chain.stream().map(ModelFaults::text).collect(Collectors.joining("\n"));
        Kind kind = kind(chain, texts.toLowerCase(Locale.ROOT));
        String message = "model '" + model + "' " + meaning(kind) + ": " + shortened(Secrets.hide(text(e)));
        Throwable cause = Secrets.hide(texts).equals(texts) ? e : standIn(e);
        return kind == Kind.RATE_LIMITED || kind == Kind.OVERLOADED
                ? new ModelException(kind, message, cause, asked(chain, texts))
                : new ModelException(kind, message, cause);
    }

    /** The same for a model whose code is somebody's own: what nobody expected of it is a fault in it, not on the way. */
    static ModelException ofOwn(String agent, String model, RuntimeException e) {
        List<Throwable> chain = chain(e);
        if (chain.stream().anyMatch(ModelFaults::expected)) {
            return of(model, e);
        }
        boolean hides = chain.stream()
                .map(ModelFaults::text)
                .anyMatch(text -> !Secrets.hide(text).equals(text));
        return new ModelException(
                Kind.FAILED,
                "model '" + model + "', asked by agent '" + agent + "', " + meaning(Kind.FAILED) + ": "
                        + shortened(Secrets.hide(text(e))),
                hides ? standIn(e) : e,
                Optional.empty(),
                Map.of("agent", agent, "model", model));
    }

    private static boolean expected(Throwable e) {
        return e instanceof ModelException
                || e instanceof LangChain4jException
                || e instanceof IOException
                || e instanceof TimeoutException
                || interrupt(e);
    }

    /** The wait of the header, else the one in the text. */
    private static Optional<Duration> asked(List<Throwable> chain, String texts) {
        return first(chain, HttpStatusException.class)
                .flatMap(HttpStatusException::retryAfter)
                .or(() -> RetryWait.find(texts));
    }

    private static <T> Optional<T> first(List<Throwable> chain, Class<T> type) {
        return chain.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    private static List<Throwable> chain(Throwable e) {
        var chain = new ArrayList<Throwable>();
        for (Throwable each = e; each != null && !chain.contains(each); each = each.getCause()) {
            chain.add(each);
        }
        return chain;
    }

    private static boolean interrupt(Throwable e) {
        return e instanceof InterruptedException
                || e instanceof ClosedByInterruptException
                || (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException));
    }

    private static Kind kind(List<Throwable> chain, String texts) {
        int status =
                first(chain, HttpException.class).map(HttpException::statusCode).orElse(0);
        if (status == 401 || status == 403 || status == 404) {
            return ofStatus(status);
        }
        if (says(texts, QUOTA)) {
            return Kind.QUOTA_EXHAUSTED;
        }
        if (says(texts, TOO_LONG)) {
            return Kind.CONTEXT_TOO_LONG;
        }
        if (says(texts, FILTERED)) {
            return Kind.CONTENT_FILTERED;
        }
        return status == 0 ? ofTypes(chain) : ofStatus(status);
    }

    private static boolean says(String texts, List<String> codes) {
        return codes.stream().anyMatch(texts::contains);
    }

    private static Kind ofStatus(int status) {
        return switch (status) {
            case 401, 403 -> Kind.NOT_AUTHORIZED;
            case 402 -> Kind.QUOTA_EXHAUSTED;
            case 404 -> Kind.UNKNOWN_MODEL;
            case 413 -> Kind.CONTEXT_TOO_LONG;
            case 429 -> Kind.RATE_LIMITED;
            case 503, 529 -> Kind.OVERLOADED;
            case 408, 409, 425 -> Kind.TRANSIENT;
            default -> status >= 500 ? Kind.TRANSIENT : Kind.BAD_REQUEST;
        };
    }

    private static Kind ofTypes(List<Throwable> chain) {
        return chain.stream()
                .map(ModelFaults::ofType)
                .filter(kind -> kind != Kind.TRANSIENT)
                .findFirst()
                .orElse(Kind.TRANSIENT);
    }

    private static Kind ofType(Throwable e) {
        return switch (e) {
            case RateLimitException limited -> Kind.RATE_LIMITED;
            case AuthenticationException denied -> Kind.NOT_AUTHORIZED;
            case ModelNotFoundException unknown -> Kind.UNKNOWN_MODEL;
            case ContentFilteredException filtered -> Kind.CONTENT_FILTERED;
            case InvalidRequestException invalid -> Kind.BAD_REQUEST;
            case UnsupportedFeatureException unsupported -> Kind.BAD_REQUEST;
            default -> Kind.TRANSIENT; // timeouts, servers, networks, and clients that stumble over a garbled reply
        };
    }

    private static String meaning(Kind kind) {
        return switch (kind) {
            case RATE_LIMITED -> "was asked too often; wait, then try again";
            case OVERLOADED -> "is overloaded; wait, then try again";
            case TRANSIENT -> "gave no usable reply; try again";
            case CONTEXT_TOO_LONG -> "was sent more than fits its context window; compact the transcript";
            case CONTENT_FILTERED -> "was stopped by the provider's content filter; ask differently";
            case QUOTA_EXHAUSTED ->
                "gives no replies because the account's money or quota is used up; see to the account, then resume the run";
            case NOT_AUTHORIZED -> "is not open to this key; check the key and what it may do";
            case UNKNOWN_MODEL -> "is not known to the provider; check the model's name and the base URL";
            case BAD_REQUEST -> "refused the request; see what the provider says";
            case FAILED ->
                "failed in its own code, which is to be mended or to throw a ModelException that says what can be done";
        };
    }

    private static String text(Throwable e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        if (message.isBlank()) {
            return e.getClass().getSimpleName();
        }
        return e instanceof LangChain4jException ? message : e.getClass().getSimpleName() + ": " + message;
    }

    /** Keeps the place of a failure without its text: a stack trace is printed with the messages of its causes. */
    private static Throwable standIn(Throwable e) {
        var standIn = new IllegalStateException(
                e.getClass().getName() + ": " + shortened(Secrets.hide(e.getMessage() == null ? "" : e.getMessage())));
        standIn.setStackTrace(e.getStackTrace());
        return standIn;
    }

    private static String shortened(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }
}
