package dev.yardmaster.graph;

import dev.yardmaster.event.Budget;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a piece of work may still use up: of a budget of its own, and of those around it. Steps whose output is {@code
 * Metered} are charged by themselves, when they are recorded; who is about to ask for such an output reserves first, so
 * that of many who work at once not each takes the last of it. Thread-safe.
 */
public interface Allowance {

    /** What was set aside. Close it when the step is recorded, or did not come to anything. */
    @FunctionalInterface
    interface Reservation extends AutoCloseable {
        @Override
        void close();
    }

    /** No limit at all. */
    static Allowance unlimited() {
        return Unchecked.UNLIMITED;
    }

    /** One that refuses nothing although there is a budget: where nothing is used up, as in a replay. */
    static Allowance unchecked(Budget budget) {
        return new Unchecked(budget);
    }

    /**
     * Sets aside one turn and about what it will take. Waits while what others have set aside may use up the rest; they are
     * about to be charged with what they really took. As long as anything is left one may go on, so a budget is exceeded by
     * at most one reply of each who works on it at the same time.
     *
     * @param tokens an estimate, sent and received
     * @param dollars an estimate
     * @throws BudgetExhaustedException when nothing is left
     */
    Reservation reserve(long tokens, BigDecimal dollars) throws InterruptedException;

    /** What there is nothing left of, here or further out; the same as {@link #reserve} would throw. */
    Optional<BudgetExhaustedException> exhausted();

    /** Whether it is limited here or further out. */
    boolean limits(Budget.Measure measure);
}
