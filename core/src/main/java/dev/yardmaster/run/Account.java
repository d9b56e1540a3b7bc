package dev.yardmaster.run;

import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Budget.Measure;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.Spending;
import dev.yardmaster.graph.Allowance;
import dev.yardmaster.graph.BudgetExhaustedException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A budget of a run and what was used of it. Accounts that draw from one another share one lock, held for no longer than it
 * takes to add. What draws from no limit keeps no account.
 */
final class Account implements Allowance {

    /**
     * Whose budget it is.
     *
     * @param at the run, or the execution
     * @param name for messages
     */
    record Owner(NodePath at, String name, Budget budget) {

        private BudgetExhaustedException exhausted(Measure measure, String used) {
            String limit = Amounts.limit(budget, measure);
            if (!at.isRun()) {
                return BudgetExhaustedException.ofPart(measure, name, used, limit);
            }
            String twice = measure.flag() + " " + Amounts.twice(budget, measure);
            return BudgetExhaustedException.ofRun(measure, name, used, limit, twice);
        }
    }

    private static final Account UNLIMITED = new Account(
            new Owner(NodePath.run(), "everybody", Budget.unlimited()),
            null,
            Spending.none(),
            () -> Duration.ZERO,
            low -> {});

    private final Owner owner;
    private final Budget budget;
    private final @Nullable Account around;
    private final Supplier<Duration> worked;
    private final Consumer<Budget.Low> warnings;
    private final ReentrantLock lock;
    private final Condition changed;
    private final Set<Measure> warned = EnumSet.noneOf(Measure.class);

    private Spending spent;
    private int turnsHeld;
    private long tokensHeld;
    private @Nullable BigDecimal dollarsHeld; // until something is: most accounts hold nothing ever

    private Account(
            Owner owner,
            @Nullable Account around,
            Spending spent,
            Supplier<Duration> worked,
            Consumer<Budget.Low> warnings) {
        this.owner = owner;
        this.budget = owner.budget();
        this.around = around;
        this.spent = spent;
        this.worked = worked;
        this.warnings = warnings;
        this.lock = around == null ? new ReentrantLock() : around.lock;
        this.changed = around == null ? lock.newCondition() : around.changed;
    }

    /** The account of runs that may use up whatever they like. */
    static Account unlimited() {
        return UNLIMITED;
    }

    /** A run's. @param spent what it has used up before @param worked for how long it has been at work */
    static Account ofRun(Owner run, Spending spent, Supplier<Duration> worked, Consumer<Budget.Low> warnings) {
        return new Account(run, null, spent, worked, warnings);
    }

    /** One that draws from this one. */
    Account child(Owner child, Spending before, Supplier<Duration> working, Consumer<Budget.Low> warnings) {
        return new Account(child, limitsAnything() ? this : null, before, working, warnings);
    }

    @Override
    public Reservation reserve(long tokens, BigDecimal dollars) throws InterruptedException {
        if (!limitsAnything()) {
            return () -> {};
        }
        lock.lockInterruptibly();
        try {
            while (mayNotYet()) {
                changed.await();
            }
            hold(1, tokens, dollars);
        } finally {
            lock.unlock();
        }
        return () -> {
            lock.lock();
            try {
                hold(-1, -tokens, dollars.negate());
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        };
    }

    /** Whether it, or one that it draws from, has a limit: else nothing has to be charged. */
    boolean limitsAnything() {
        return !budget.limitsNothing() || around != null && around.limitsAnything();
    }

    private void hold(int turns, long tokens, BigDecimal dollars) {
        for (Account each = this; each != null; each = each.around) {
            each.turnsHeld += turns;
            each.tokensHeld += tokens;
            each.dollarsHeld = each.withHeld(dollars);
        }
    }

    private BigDecimal withHeld(BigDecimal dollars) {
        return dollarsHeld == null ? dollars : dollarsHeld.add(dollars);
    }

    /** Whether what others have set aside may be all that is left. */
    private boolean mayNotYet() {
        boolean wait = false;
        for (Account each = this; each != null; each = each.around) {
            Optional<BudgetExhaustedException> gone = each.ownExhausted();
            if (gone.isPresent()) {
                throw gone.get();
            }
            wait |= each.isHeld();
        }
        return wait;
    }

    private boolean isHeld() {
        return turnsHeld > 0
                && (budget.turns()
                                .filter(most -> spent.turns() + turnsHeld >= most)
                                .isPresent()
                        || budget.tokens()
                                .filter(most -> spent.tokens() + tokensHeld >= most)
                                .isPresent()
                        || budget.dollars()
                                .filter(most -> withHeld(spent.dollars()).compareTo(most) >= 0)
                                .isPresent());
    }

    private Optional<BudgetExhaustedException> ownExhausted() {
        if (budget.limitsNothing()) {
            return Optional.empty();
        }
        for (Measure each : Measure.values()) {
            if (budget.limits(each) && isReached(each, BigDecimal.ONE)) {
                return Optional.of(owner.exhausted(each, Amounts.used(spent, worked.get(), each)));
            }
        }
        return Optional.empty();
    }

    /** Whether a part of a limit is used up. @param part of 1 */
    private boolean isReached(Measure measure, BigDecimal part) {
        return switch (measure) {
            case TOKENS ->
                isReached(
                        BigDecimal.valueOf(spent.tokens()),
                        BigDecimal.valueOf(budget.tokens().orElseThrow()),
                        part);
            case COST -> isReached(spent.dollars(), budget.dollars().orElseThrow(), part);
            case TURNS ->
                isReached(
                        BigDecimal.valueOf(spent.turns()),
                        BigDecimal.valueOf(budget.turns().orElseThrow()),
                        part);
            case TIME ->
                isReached(
                        BigDecimal.valueOf(worked.get().toMillis()),
                        BigDecimal.valueOf(budget.time().orElseThrow().toMillis()),
                        part);
        };
    }

    private static boolean isReached(BigDecimal used, BigDecimal limit, BigDecimal part) {
        return used.compareTo(limit.multiply(part)) >= 0;
    }

    /** Takes note of what a recorded reply took. */
    void charge(Spending reply) {
        if (!limitsAnything()) {
            return;
        }
        List<Budget.Low> low = List.of();
        lock.lock();
        try {
            for (Account each = this; each != null; each = each.around) {
                each.spent = each.spent.plus(reply);
                low = each.withWarnings(low);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        low.forEach(warnings);
    }

    private List<Budget.Low> withWarnings(List<Budget.Low> before) {
        if (budget.limitsNothing()) {
            return before;
        }
        var all = new ArrayList<>(before);
        for (Measure each : Measure.values()) {
            if (budget.limits(each) && isReached(each, Amounts.LOW) && warned.add(each)) {
                all.add(new Budget.Low(
                        owner.at(),
                        owner.name(),
                        each,
                        Amounts.used(spent, worked.get(), each),
                        Amounts.limit(budget, each)));
            }
        }
        return all;
    }

    @Override
    public Optional<BudgetExhaustedException> exhausted() {
        if (!limitsAnything()) {
            return Optional.empty();
        }
        lock.lock();
        try {
            for (Account each = this; each != null; each = each.around) {
                Optional<BudgetExhaustedException> gone = each.ownExhausted();
                if (gone.isPresent()) {
                    return gone;
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** How many wait for what others have set aside. */
    int waiting() {
        lock.lock();
        try {
            return lock.getWaitQueueLength(changed);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean limits(Measure measure) {
        return budget.limits(measure) || around != null && around.limits(measure);
    }
}
