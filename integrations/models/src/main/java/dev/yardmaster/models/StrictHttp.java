package dev.yardmaster.models;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.yardmaster.model.Deadlines;
import dev.yardmaster.model.HttpStatusException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The transport under langchain4j: the JDK's client, blocking on the calling thread, with deadlines for each part of a
 * call. A stream is read to its end before {@link #execute} returns, so an interrupt of the caller ends the call, and no
 * thread is left waiting for one that fell silent. Never follows a redirect: it would take the key along. Thread-safe.
 */
final class StrictHttp implements HttpClient {

    /** What may follow the last event: token counts, the end of the body. */
    private static final Duration LAST_BYTES = Duration.ofSeconds(2);

    private static final int MAX_BODY_BYTES = 64 << 20;
    private static final int MAX_ERROR_BYTES = 64 << 10;

    private final WireFormat format;
    private final Deadlines deadlines;
    private final java.net.http.HttpClient client;

    StrictHttp(WireFormat format, Deadlines deadlines) {
        this.format = format;
        this.deadlines = deadlines;
        this.client = Clients.connectingWithin(deadlines.connect());
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        try {
            long deadline = System.nanoTime() + deadlines.total().toNanos();
            HttpResponse<TimedBody> response = send(request, deadlines.total(), deadlines.total(), deadline);
            try (TimedBody stream = response.body()) {
                check(request, response);
                String body = text(stream.readNBytes(MAX_BODY_BYTES));
                format.reply(body);
                return answer(response, body);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        try {
            long deadline = System.nanoTime() + deadlines.total().toNanos();
            HttpResponse<TimedBody> response = send(request, deadlines.firstByte(), deadlines.idle(), deadline);
            try (TimedBody stream = response.body()) {
                check(request, response);
                listener.onOpen(answer(response, ""));
                var watched = new WatchedEvents(format, listener, () -> stream.endsWithin(LAST_BYTES));
                parser.parse(stream, watched);
                watched.ended();
            }
        } catch (IOException | RuntimeException e) {
            listener.onError(e);
        }
    }

    private HttpResponse<TimedBody> send(HttpRequest request, Duration headers, Duration idle, long deadline)
            throws IOException {
        var url = URI.create(request.url());
        var plain = java.net.http.HttpRequest.newBuilder(url)
                .version(url.getScheme().equals("http") ? Version.HTTP_1_1 : Version.HTTP_2)
                .method(
                        request.method().name(),
                        request.body() == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(format.request(request.body())));
        request.headers().forEach((name, values) -> values.forEach(value -> plain.header(name, value)));
        CompletableFuture<HttpResponse<TimedBody>> response =
                client.sendAsync(plain.build(), info -> new TimedBody(idle, deadlines.total(), deadline));
        try {
            long left = Math.min(headers.toNanos(), deadline - System.nanoTime());
            return response.get(left, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            response.cancel(true);
            throw (IOException) new InterruptedIOException("interrupted while waiting for the provider").initCause(e);
        } catch (TimeoutException e) {
            response.cancel(true);
            throw new HttpTimeoutException("the provider did not answer within " + headers.toMillis() / 1000.0 + " s");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            throw new IOException("no connection to " + url.getRawAuthority() + ": " + why, cause);
        }
    }

    private static void check(HttpRequest request, HttpResponse<TimedBody> response) throws IOException {
        if (response.statusCode() / 100 == 2) {
            return;
        }
        String body = text(response.body().readNBytes(MAX_ERROR_BYTES));
        String told = body.isBlank() ? "status " + response.statusCode() : withoutKeys(request, body);
        throw new HttpStatusException(
                response.statusCode(),
                told,
                RetryAfter.of(response.headers(), Instant.now()),
                requestId(response.headers()));
    }

    /** Anthropic and others call it {@code request-id}, OpenAI {@code x-request-id}; bounded, as anybody may have sent it. */
    private static Optional<String> requestId(HttpHeaders headers) {
        return headers.firstValue("request-id")
                .or(() -> headers.firstValue("x-request-id"))
                .filter(id -> id.length() <= 200);
    }

    /** Providers quote the key that they refuse. */
    private static String withoutKeys(HttpRequest request, String body) {
        String hidden = body;
        for (String header : new String[] {"Authorization", "x-api-key", "x-goog-api-key"}) {
            for (String value : request.headers().getOrDefault(header, List.of())) {
                String key = value.replaceFirst("^Bearer ", "");
                hidden = key.length() < 8 ? hidden : hidden.replace(key, "[redacted]");
            }
        }
        return hidden;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static SuccessfulHttpResponse answer(HttpResponse<?> response, String body) {
        return SuccessfulHttpResponse.builder()
                .statusCode(response.statusCode())
                .headers(response.headers().map())
                .body(body)
                .build();
    }

    /** One client a process, so that agents share its connections; the connect deadline is a client's, not a request's. */
    private static final class Clients {

        private static final java.net.http.HttpClient STANDARD =
                connecting(Deadlines.defaults().connect());

        static java.net.http.HttpClient connectingWithin(Duration connect) {
            return connect.equals(Deadlines.defaults().connect()) ? STANDARD : connecting(connect);
        }

        private static java.net.http.HttpClient connecting(Duration connect) {
            return java.net.http.HttpClient.newBuilder()
                    .connectTimeout(connect)
                    .followRedirects(Redirect.NEVER)
                    .build();
        }
    }
}
