package dev.yardmaster.agent;

import dev.yardmaster.context.TokenEstimate;
import dev.yardmaster.endpoint.Admission;
import dev.yardmaster.endpoint.CallIntent;
import dev.yardmaster.endpoint.EndpointGuard;
import dev.yardmaster.event.Json;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way to one reply: attempt after attempt, not before their time, of one model after the other. What comes to nothing
 * is noted, so a process that takes this up goes on with the next attempt, and at the same time. One thread uses it.
 */
final class ReplyAttempts {

    /** With another model to ask, one is not asked more often than this, nor waited for longer. */
    private static final int MOST_BEFORE_ANOTHER = 3;

    private static final Duration PATIENCE_BEFORE_ANOTHER = Duration.ofSeconds(10);

    private final List<Model> chain;
    private final ModelLine line;
    private final NodeContext context;
    private final String step;
    private final LiveReply live;
    private final Sight.Look look;

    private int number;
    private int place;
    /** How often the model at this place was asked. */
    private int here;

    private Instant notBefore = Instant.MIN;
    private final Instant began;

    private final Purse.Parking parking;

    /** One that nobody pays for. */
    ReplyAttempts(List<Model> chain, ModelLine line, NodeContext context, String step, LiveReply live) {
        this(chain, line, context, step, live, Purse.Wait::run);
    }

    /** @param chain the agent's model first @param step the name of the reply's step @param parking waits for long */
    ReplyAttempts(
            List<Model> chain,
            ModelLine line,
            NodeContext context,
            String step,
            LiveReply live,
            Purse.Parking parking) {
        this.parking = parking;
        this.chain = chain;
        this.line = line;
        this.context = context;
        this.step = step;
        this.live = live;
        this.look = line.sight().look();
        this.began = now();
    }

    /**
     * Blocks until there is a reply.
     *
     * @throws ModelException when there will be none
     * @throws InterruptedException when the thread is interrupted meanwhile
     */
    ModelReply of(ModelRequest request) throws InterruptedException {
        context.notes(step, ModelAttempt.class).forEach(this::takeUp);
        while (true) {
            Optional<ModelReply> reply = next(request);
            if (reply.isPresent()) {
                return reply.get();
            }
        }
    }

    /** An attempt of an earlier process. */
    private void takeUp(ModelAttempt earlier) {
        number = earlier.number();
        here++;
        notBefore = earlier.next().orElse(Instant.MIN);
        for (int i = place; i < chain.size(); i++) {
            if (chain.get(i).name().equals(earlier.model())
                    && earlier.retryAfter().isPresent()) {
                earlier.next().ifPresent(line.endpoints().before(chain.get(i))::keepShutUntil);
            }
            if (earlier.instead().filter(chain.get(i).name()::equals).isPresent()) {
                goOnWith(i);
            }
        }
    }

    private void goOnWith(int other) {
        place = other;
        here = 0;
        notBefore = Instant.MIN;
        look.restart();
    }

    private boolean another() {
        return place + 1 < chain.size();
    }

    /** One attempt; empty when another one is to follow. */
    private Optional<ModelReply> next(ModelRequest request) throws InterruptedException {
        Model model = chain.get(place);
        if (model.scripted()) {
            return Optional.of(told(model, live.of(model, look.of(model, request)))); // it is at no server
        }
        EndpointGuard guard = line.endpoints().before(model);
        var intent = new CallIntent(
                guard.countsTokens() ? tokens(request) : 0,
                notBefore,
                patience(),
                (until, why) -> waits(model, until, why, false));
        return switch (guard.enter(intent)) {
            case Admission.Open open -> asked(model, request, open.pass());
            case Admission.Closed closed -> notAsked(model, request, closed);
        };
    }

    private static long tokens(ModelRequest request) {
        return request.messages().stream().mapToLong(TokenEstimate::of).sum()
                + request.tools().stream().mapToLong(TokenEstimate::of).sum();
    }

    private Duration patience() {
        if (another()) {
            return PATIENCE_BEFORE_ANOTHER;
        }
        Duration left = line.retries().total().minus(Duration.between(began, now()));
        Duration patience = line.retries().patience();
        return left.compareTo(patience) < 0 ? (left.isNegative() ? Duration.ZERO : left) : patience;
    }

    private Optional<ModelReply> asked(Model model, ModelRequest request, Admission.Pass pass)
            throws InterruptedException {
        Instant start = now();
        try (pass) {
            try {
                ModelReply reply = live.of(model, look.of(model, fitting(model, request)));
                look.worked(model);
                pass.answered(reply.usage().inputTokens() + reply.usage().outputTokens());
                return Optional.of(told(model, reply));
            } catch (ModelException e) {
                if (Thread.interrupted()) {
                    throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
                }
                pass.failed(e);
                failed(model, request, e, Duration.between(start, now()));
                return Optional.empty();
            }
        }
    }

    /** Notes a failure and settles what follows. @throws ModelException when nothing does */
    private void failed(Model model, ModelRequest request, ModelException e, Duration took) {
        number++;
        here++;
        boolean less = look.again(model, e, request);
        Duration wait = less ? Duration.ZERO : Duration.ofMillis(GuardedCalls.wait(line.retries(), here, e));
        int most = line.retries().attempts();
        boolean again = less
                || e.retryable()
                        && (another()
                                ? here < Math.min(most, MOST_BEFORE_ANOTHER)
                                        && wait.compareTo(PATIENCE_BEFORE_ANOTHER) <= 0
                                : here < most);
        boolean onwards = !again && another() && leadsOn(e.reason());
        Optional<Instant> next = again ? Optional.of(now().plus(wait)) : Optional.empty();
        Optional<String> instead = onwards ? Optional.of(chain.get(place + 1).name()) : Optional.empty();
        String message = (e.getMessage() == null ? e.kind() : e.getMessage())
                + (less ? "; asked again without what it was shown" : "");
        note(new ModelAttempt(
                number,
                model.name(),
                Json.of(request).sha256(),
                e.kind(),
                message,
                took,
                e.retryAfter(),
                next,
                instead,
                e.requestId()));
        if (onwards) {
            goOnWith(place + 1);
        } else if (again) {
            notBefore = next.orElseThrow();
        } else if (number > 1) {
            throw e.retold(message + " (" + number + " attempts)");
        } else {
            throw e;
        }
    }

    /** Whether another model may do what this one did not: not what is wrong with the request or the key. */
    private static boolean leadsOn(ModelException.Kind why) {
        return switch (why) {
            case RATE_LIMITED, OVERLOADED, TRANSIENT, QUOTA_EXHAUSTED, UNKNOWN_MODEL, FAILED -> true;
            case CONTEXT_TOO_LONG, CONTENT_FILTERED, NOT_AUTHORIZED, BAD_REQUEST -> false;
        };
    }

    private Optional<ModelReply> notAsked(Model model, ModelRequest request, Admission.Closed closed)
            throws InterruptedException {
        if (another()) {
            Model instead = chain.get(place + 1);
            number++;
            note(new ModelAttempt(
                    number,
                    model.name(),
                    Json.of(request).sha256(),
                    "model.not-asked",
                    closed.why(),
                    Duration.ZERO,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(instead.name()),
                    Optional.empty()));
            goOnWith(place + 1);
        } else {
            waits(model, closed.until(), closed.why(), true);
            Duration left = Duration.between(context.now(), closed.until());
            parking.parked(() -> context.scope(AgentStep.parked(step)).sleep(left.isNegative() ? Duration.ZERO : left));
        }
        return Optional.empty();
    }

    private void note(ModelAttempt attempt) {
        context.note(step, attempt);
    }

    private void waits(Model model, Instant until, String why, boolean parked) {
        Optional<Instant> known = until.equals(Instant.MAX) ? Optional.empty() : Optional.of(until);
        context.publish(new ModelWait(context.path(), step, model.name(), known, why, parked));
    }

    private Instant now() {
        return line.endpoints().pacing().now();
    }

    /** What a provider wants back with its messages means nothing to another one. */
    private ModelRequest fitting(Model model, ModelRequest request) {
        return isOfTheFirst(model)
                ? request
                : new ModelRequest(
                        request.agent(),
                        request.messages().stream().map(ReplyAttempts::bare).toList(),
                        request.tools());
    }

    private static Message bare(Message message) {
        return message instanceof Message.Assistant assistant
                ? new Message.Assistant(assistant.text(), assistant.calls(), Map.of())
                : message;
    }

    private ModelReply told(Model model, ModelReply reply) {
        if (place == 0) {
            return reply;
        }
        ModelReply other = reply.by(model.name());
        return isOfTheFirst(model)
                ? other
                : new ModelReply(
                        (Message.Assistant) bare(other.message()),
                        other.usage(),
                        other.finish(),
                        other.model(),
                        other.dollars());
    }

    private boolean isOfTheFirst(Model model) {
        Model first = chain.getFirst();
        return model == first || provider(model).equals(provider(first));
    }

    private static String provider(Model model) {
        return model.name().substring(0, Math.max(0, model.name().indexOf(':')));
    }
}
