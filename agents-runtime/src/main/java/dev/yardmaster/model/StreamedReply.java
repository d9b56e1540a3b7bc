package dev.yardmaster.model;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.yardmaster.model.ModelException.Kind;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One streamed reply of a langchain4j model, waited for on the calling thread. langchain4j promises little of a stream:
 * some of its clients call back twice, some never, and some call a stream complete that was cut. So here the first
 * terminal callback counts and the others do not, silence ends the wait, and a reply without a reason why it ended was
 * cut. One use.
 */
final class StreamedReply implements StreamingChatResponseHandler {

    private final String model;
    private final Deadlines deadlines;
    private final Consumer<String> words;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final long started = System.nanoTime();
    private long lastSign = started;
    private boolean anySign;
    private boolean over;
    private @Nullable ChatResponse response;
    private @Nullable Throwable error;
    private @Nullable StreamingHandle handle;

    StreamedReply(String model, Deadlines deadlines, Consumer<String> words) {
        this.model = model;
        this.deadlines = deadlines;
        this.words = words;
    }

    /**
     * Asks, and waits for the whole reply.
     *
     * @throws RuntimeException what the model threw or called back with
     * @throws ModelException when it fell silent or was cut
     */
    ChatResponse of(StreamingChatModel model, ChatRequest request) throws InterruptedException {
        model.chat(request, this);
        lock.lockInterruptibly();
        try {
            while (!over) {
                long left = nanosLeft();
                if (left <= 0) {
                    throw silence();
                }
                changed.await(left, TimeUnit.NANOSECONDS);
            }
            return whole();
        } finally {
            over = true; // whatever is called back from now on counts for nothing
            cancel();
            lock.unlock();
        }
    }

    private long nanosLeft() {
        long now = System.nanoTime();
        long idle = (anySign ? deadlines.idle() : deadlines.firstByte()).toNanos() - (now - lastSign);
        return Math.min(idle, deadlines.total().toNanos() - (now - started));
    }

    private ModelException silence() {
        boolean total = System.nanoTime() - started >= deadlines.total().toNanos();
        String what = total
                ? "took longer than " + seconds(deadlines.total())
                : anySign
                        ? "fell silent for " + seconds(deadlines.idle()) + " in the middle of its reply"
                        : "did not answer within " + seconds(deadlines.firstByte());
        return new ModelException(Kind.TRANSIENT, "model '" + model + "' " + what + "; try again");
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }

    private ChatResponse whole() {
        switch (error) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Throwable e -> throw new IllegalStateException(e.getMessage(), e);
        }
        if (response == null || response.aiMessage() == null) {
            throw new ModelException(Kind.TRANSIENT, "model '" + model + "' gave an empty reply; try again");
        }
        if (response.finishReason() == null) {
            throw new ModelException(
                    Kind.TRANSIENT, "model '" + model + "' was cut off in the middle of its reply; try again");
        }
        return response;
    }

    private void cancel() {
        if (response == null && handle != null) {
            handle.cancel();
        }
    }

    /** Runs what a callback says unless the reply is over; every callback is a sign of life. */
    private void sign(Runnable said) {
        lock.lock();
        try {
            if (!over) {
                anySign = true;
                lastSign = System.nanoTime();
                said.run();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
        sign(() -> {
            handle = context.streamingHandle();
            words.accept(partial.text());
        });
    }

    @Override
    public void onPartialResponse(String text) {
        sign(() -> words.accept(text));
    }

    @Override
    public void onPartialThinking(PartialThinking partial, PartialThinkingContext context) {
        sign(() -> handle = context.streamingHandle());
    }

    @Override
    public void onPartialToolCall(PartialToolCall partial, PartialToolCallContext context) {
        sign(() -> handle = context.streamingHandle());
    }

    @Override
    public void onCompleteResponse(ChatResponse whole) {
        sign(() -> {
            response = whole;
            over = true;
        });
    }

    @Override
    public void onError(Throwable thrown) {
        sign(() -> {
            error = thrown;
            over = true;
        });
    }
}
