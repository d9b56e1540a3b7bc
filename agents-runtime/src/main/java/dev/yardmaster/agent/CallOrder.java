package dev.yardmaster.agent;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * The order of the calls of a reply that run at once. What is done apart is merged in it: a call waits with that until all
 * before it are over and all after it have begun apart, too, or are over; so what each begins with, and which of two that conflict
 * is merged, does not depend on who is done first. Nobody waits longer for that than for the reply's calls in all. Thread-safe.
 */
final class CallOrder {

    /** A call among those that run at once. */
    private record Place(int number, List<String> all, CountDownLatch begun, CountDownLatch over) {}

    private final Map<String, Place> places = new ConcurrentHashMap<>();

    /** Has calls in order. @param steps theirs */
    void begin(List<String> steps) {
        places.clear();
        for (int i = 0; i < steps.size(); i++) {
            places.put(steps.get(i), new Place(i, steps, new CountDownLatch(1), new CountDownLatch(1)));
        }
    }

    /** Runs one of them. */
    <T> T whole(String step, Callable<T> call) throws Exception {
        try {
            return call.call();
        } finally {
            begun(step);
            places.get(step).over().countDown();
        }
    }

    /** It has what it begins with. */
    void begun(String step) {
        if (places.containsKey(step)) {
            places.get(step).begun().countDown();
        }
    }

    /** Waits until what it did is to be merged; not at all where it is the only one. */
    void awaitTurn(String step) throws InterruptedException {
        Place own = places.get(step);
        if (own == null) {
            return;
        }
        for (String each : own.all()) {
            Place other = places.get(each);
            if (other.number() < own.number()) {
                other.over().await();
            } else if (other.number() > own.number()) {
                other.begun().await();
            }
        }
    }
}
