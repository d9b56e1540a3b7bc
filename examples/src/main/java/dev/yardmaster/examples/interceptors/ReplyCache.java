package dev.yardmaster.examples.interceptors;

import dev.yardmaster.agent.Interceptor;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Usage;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives the reply it got before to a request it saw before: same model, same transcript, same tools. */
final class ReplyCache implements Interceptor {

    private final AtomicInteger hits = new AtomicInteger();
    private final Map<String, ModelReply> replies;

    /** @param size how many replies are kept; the one that was used least recently goes first */
    ReplyCache(int size) {
        this.replies = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, ModelReply> eldest) {
                return size() > size;
            }
        });
    }

    @Override
    public ModelReply aroundReply(ModelRequest request, NextReply next) throws Exception {
        String key = next.model() + " " + Json.of(request).sha256();
        ModelReply known = replies.get(key);
        if (known != null) {
            hits.incrementAndGet();
            return new ModelReply(known.message(), Usage.none(), known.finish()); // costs nothing this time
        }
        ModelReply reply = next.proceed(request);
        replies.put(key, reply);
        return reply;
    }

    /** How many requests it answered itself. */
    int hits() {
        return hits.get();
    }
}
