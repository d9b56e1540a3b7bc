package dev.yardmaster.agent;

import dev.yardmaster.context.TokenEstimate;
import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Usage;
import dev.yardmaster.graph.Allowance;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelReply;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Pays for one agent's replies: sets aside what the next one may take, and says what one cost. Only what is asked for now is
 * paid; what was recorded before is.
 */
final class Purse {

    private static final Usage NO_MORE = Usage.none();

    private final Agent agent;
    private final NodeContext context;

    /** What the last reply took: the next prompt holds at least that. */
    private Usage last = NO_MORE;

    private BigDecimal lastCost = BigDecimal.ZERO;

    Purse(Agent agent, NodeContext context) {
        this.agent = agent;
        this.context = context;
    }

    /** What is paid for one reply; to be closed when that is recorded, or there is none. */
    final class Payment implements Parking, AutoCloseable {

        private Allowance.@Nullable Reservation held;
        private List<Message> prompt = List.of();

        /**
         * @throws dev.yardmaster.event.BudgetExhaustedException when nothing is left for it
         * @throws UnpricedModelException when dollars are limited and its price is not known
         */
        ModelReply of(List<Message> prompt, Callable<ModelReply> ask) throws Exception {
            this.prompt = prompt;
            held = reserve(prompt);
            ModelReply reply = ask.call();
            return reply.dollars().isPresent() ? reply : reply.costing(cost(reply));
        }

        /** Waits for long, and sets nothing aside meanwhile; then there has to be something left again. */
        @Override
        public void parked(Wait wait) throws InterruptedException {
            close();
            wait.run();
            held = reserve(prompt);
        }

        @Override
        public void close() {
            if (held != null) {
                held.close();
                held = null;
            }
        }
    }

    /** A wait. */
    @FunctionalInterface
    interface Wait {
        void run() throws InterruptedException;
    }

    /** Knows what else has to be done when something waits for long. */
    @FunctionalInterface
    interface Parking {
        void parked(Wait wait) throws InterruptedException;
    }

    Payment payment() {
        return new Payment();
    }

    /** Takes note of a reply, asked for now or recorded before. */
    void heard(ModelReply reply) {
        last = reply.usage();
        lastCost = reply.dollars().orElse(BigDecimal.ZERO);
    }

    /** The next prompt is another one than the last: what that took says nothing. */
    void promptIsShorter() {
        last = NO_MORE;
        lastCost = BigDecimal.ZERO;
    }

    private Allowance.Reservation reserve(List<Message> prompt) throws InterruptedException {
        Allowance allowance = context.allowance();
        boolean dollars = allowance.limits(Budget.Measure.COST);
        if (!dollars && !allowance.limits(Budget.Measure.TOKENS)) {
            return allowance.reserve(0, BigDecimal.ZERO);
        }
        var next = new Usage(expected(prompt), last.outputTokens());
        BigDecimal cost = dollars ? dearest(next).max(lastCost) : BigDecimal.ZERO;
        return allowance.reserve(next.inputTokens() + next.outputTokens(), cost);
    }

    private long expected(List<Message> prompt) {
        return last.equals(NO_MORE)
                ? prompt.stream().mapToLong(TokenEstimate::of).sum()
                : last.inputTokens() + last.outputTokens();
    }

    /** What it costs by the dearest of the models that may come to be asked. */
    private BigDecimal dearest(Usage reply) {
        BigDecimal most = BigDecimal.ZERO;
        for (Model each : agent.chain()) {
            BigDecimal cost =
                    cost(each, reply).orElseThrow(() -> new UnpricedModelException(each.name(), agent.name()));
            most = most.max(cost);
        }
        return most;
    }

    private Optional<BigDecimal> cost(ModelReply reply) {
        String answering = reply.model().orElse(agent.model().name());
        for (Model each : agent.chain()) {
            if (each.name().equals(answering)) {
                return cost(each, reply.usage());
            }
        }
        return Optional.empty();
    }

    private Optional<BigDecimal> cost(Model model, Usage usage) {
        return model.scripted()
                ? Optional.of(BigDecimal.ZERO)
                : agent.equipment().accounting().prices().cost(model.name(), usage, today());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(context.now(), ZoneOffset.UTC);
    }
}
