package dev.yardmaster.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What became of one tiny request to a model.
 *
 * @param model the model's full name
 * @param problem why there was no reply, in one sentence without keys; empty when there was one
 * @param took until the reply or the problem
 */
public record Trial(String model, Optional<String> problem, Duration took) {

    private static final ModelRequest QUESTION =
            new ModelRequest("doctor", List.of(Message.User.of("Answer with the one word: ready")), List.of());

    /**
     * Asks a model for one word; costs a few tokens. Blocks, for the deadline at most.
     *
     * @throws InterruptedException when the thread is interrupted meanwhile
     */
    public static Trial of(Model model, Duration deadline) throws InterruptedException {
        long start = System.nanoTime();
        Optional<String> problem = problem(model, deadline);
        return new Trial(model.name(), problem, Duration.ofNanos(System.nanoTime() - start));
    }

    private static Optional<String> problem(Model model, Duration deadline) throws InterruptedException {
        var thread = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
        try {
            Future<ModelReply> reply = thread.submit(() -> model.reply(QUESTION));
            reply.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
            return Optional.empty();
        } catch (TimeoutException e) {
            return Optional.of("model '" + model.name() + "' did not answer within " + deadline.toMillis() / 1000.0
                    + " s; check the network and the base URL");
        } catch (ExecutionException e) {
            String message = e.getCause() == null ? null : e.getCause().getMessage();
            return Optional.of(message == null ? String.valueOf(e.getCause()) : message);
        } finally {
            thread.shutdownNow();
        }
    }
}
