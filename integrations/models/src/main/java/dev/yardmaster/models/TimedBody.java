package dev.yardmaster.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A response's body as a stream that does not wait for ever: a read ends with an exception when no byte came for a while,
 * or when the whole call took too long. The JDK's own timeout ends with the headers. Written by the HTTP client's
 * threads, read by one; asks the client for more only when what it has is read.
 */
final class TimedBody extends InputStream implements BodySubscriber<TimedBody> {

    /** What the client said: bytes, the end, or a failure. */
    private record Piece(List<ByteBuffer> bytes, Optional<Throwable> failure) {}

    private final LinkedBlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final ArrayDeque<ByteBuffer> unread = new ArrayDeque<>();
    private Duration idle;
    private final Duration total;
    private final long deadline;
    private boolean over;

    /**
     * @param idle the longest wait for the next byte
     * @param total the longest time altogether; for messages
     * @param deadline when the total is used up, by {@link System#nanoTime}
     */
    TimedBody(Duration idle, Duration total, long deadline) {
        this.idle = idle;
        this.total = total;
        this.deadline = deadline;
    }

    @Override
    public CompletionStage<TimedBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription.complete(given);
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        pieces.add(new Piece(bytes, Optional.empty()));
    }

    @Override
    public void onError(Throwable thrown) {
        pieces.add(new Piece(List.of(), Optional.of(thrown)));
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece(List.of(), Optional.empty()));
    }

    /** From now on the end is near: whoever reads waits no longer than this for it. */
    void endsWithin(Duration wait) {
        idle = wait.compareTo(idle) < 0 ? wait : idle;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (unread.isEmpty() && !over) {
            take(next());
        }
        ByteBuffer first = unread.peek();
        if (first == null) {
            return -1;
        }
        int count = Math.min(length, first.remaining());
        first.get(into, offset, count);
        if (!first.hasRemaining()) {
            unread.poll();
        }
        return count;
    }

    private void take(Piece piece) throws IOException {
        if (piece.failure().isPresent()) {
            over = true;
            Throwable thrown = piece.failure().get();
            throw new IOException("the connection broke before the reply was complete: " + thrown.getMessage(), thrown);
        }
        if (piece.bytes().isEmpty()) {
            over = true;
            return;
        }
        piece.bytes().stream().filter(ByteBuffer::hasRemaining).forEach(unread::add);
        subscription.join().request(1);
    }

    private Piece next() throws IOException {
        long left = deadline - System.nanoTime();
        try {
            @Nullable Piece piece = pieces.poll(Math.min(left, idle.toNanos()), TimeUnit.NANOSECONDS);
            if (piece != null) {
                return piece;
            }
        } catch (InterruptedException e) {
            close();
            throw (IOException) new InterruptedIOException("interrupted while the reply was read").initCause(e);
        }
        close();
        throw new HttpTimeoutException(
                left <= idle.toNanos()
                        ? "the reply was not complete after " + total.toSeconds() + " s"
                        : "no byte came for " + idle.toMillis() / 1000.0 + " s in the middle of the reply");
    }

    /** Ends the exchange if it is not over; the connection is closed then. */
    @Override
    public void close() {
        over = true;
        unread.clear();
        subscription.thenAccept(Flow.Subscription::cancel);
    }
}
