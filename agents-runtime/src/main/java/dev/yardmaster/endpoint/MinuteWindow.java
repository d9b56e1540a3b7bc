package dev.yardmaster.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;

/** What was spent in the last 60 seconds, of so much a minute. Not thread-safe. */
final class MinuteWindow {

    private static final Duration LENGTH = Duration.ofSeconds(60);

    /** Something spent; how much may be set right while it counts. */
    static final class Spending {

        private final Instant at;
        private long amount;

        private Spending(Instant at, long amount) {
            this.at = at;
            this.amount = amount;
        }
    }

    private final long limit;
    private final ArrayDeque<Spending> spendings = new ArrayDeque<>();
    private long sum;

    MinuteWindow(long limit) {
        this.limit = limit;
    }

    /** When there is room for an amount: now, or later. More than the limit has room when nothing else counts. */
    Instant room(Instant now, long amount) {
        expire(now);
        long over = sum + amount - limit;
        Iterator<Spending> oldest = spendings.iterator();
        Instant room = now;
        while (over > 0 && oldest.hasNext()) {
            Spending next = oldest.next();
            over -= next.amount;
            room = next.at.plus(LENGTH);
        }
        return room;
    }

    Spending spend(Instant now, long amount) {
        var spending = new Spending(now, amount);
        spendings.addLast(spending);
        sum += amount;
        return spending;
    }

    /** Says how much it really was. */
    void settle(Spending spending, long real, Instant now) {
        if (spending.at.plus(LENGTH).isAfter(now)) {
            sum += real - spending.amount;
            spending.amount = real;
        }
    }

    private void expire(Instant now) {
        while (!spendings.isEmpty() && !spendings.peekFirst().at.plus(LENGTH).isAfter(now)) {
            sum -= spendings.removeFirst().amount;
        }
    }
}
