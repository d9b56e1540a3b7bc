package dev.yardmaster.models;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.yardmaster.model.Deadlines;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How langchain4j gets our transport. It sets timeouts of its own here; ours count, and it may read back what it set. */
final class StrictHttpBuilder implements HttpClientBuilder {

    private final WireFormat format;
    private final Deadlines deadlines;
    private @Nullable Duration connectTimeout;
    private @Nullable Duration readTimeout;

    StrictHttpBuilder(WireFormat format, Deadlines deadlines) {
        this.format = format;
        this.deadlines = deadlines;
    }

    @Override
    public @Nullable Duration connectTimeout() {
        return connectTimeout;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
        connectTimeout = timeout;
        return this;
    }

    @Override
    public @Nullable Duration readTimeout() {
        return readTimeout;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
        readTimeout = timeout;
        return this;
    }

    @Override
    public HttpClient build() {
        return new StrictHttp(format, deadlines);
    }
}
