package dev.yardmaster.models;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelException.Kind;

/**
 * Stands between the bytes of a stream and langchain4j: hands on events until one is an error or no event, and the end
 * only after the last event was seen. langchain4j hears of one ending, never of two.
 */
final class WatchedEvents implements ServerSentEventListener {

    /** More than fit one event: indexes have to differ, not to be consecutive. */
    private static final int CALLS_AN_EVENT = 1000;

    private final WireFormat format;
    private final ServerSentEventListener reader;
    private final Runnable atLast;
    private int callEvents;
    private boolean last;
    private boolean over;

    /** @param atLast is told when the last event was seen; what follows is worth no long wait */
    WatchedEvents(WireFormat format, ServerSentEventListener reader, Runnable atLast) {
        this.format = format;
        this.reader = reader;
        this.atLast = atLast;
    }

    @Override
    public void onOpen(SuccessfulHttpResponse response) {
        reader.onOpen(response);
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
        if (over) {
            return;
        }
        try {
            String data = event.data() == null ? "" : event.data();
            if (format.event(data)) {
                last = true;
                atLast.run();
            }
            reader.onEvent(mended(event, data), context);
        } catch (RuntimeException e) {
            fail(e);
            context.parsingHandle().cancel();
        }
    }

    private ServerSentEvent mended(ServerSentEvent event, String data) {
        if (format != WireFormat.OLLAMA || !data.contains("\"tool_calls\"")) {
            return event;
        }
        return new ServerSentEvent(event.event(), Mending.ollamaCalls(data, CALLS_AN_EVENT * callEvents++));
    }

    /** The bytes broke off; after the last event that costs nothing. */
    @Override
    public void onError(Throwable thrown) {
        if (last) {
            ended();
        } else {
            fail(thrown);
        }
    }

    /** The bytes ended. */
    void ended() {
        if (last && !over) {
            over = true;
            reader.onClose();
        } else {
            fail(new ModelException(
                    Kind.TRANSIENT, "the provider's stream ended before the reply was complete; try again"));
        }
    }

    private void fail(Throwable thrown) {
        if (!over) {
            over = true;
            reader.onError(thrown);
        }
    }
}
