package dev.yardmaster.graph;

import io.vavr.collection.Vector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * Folds a write into a channel's value. The function must be associative and must not change its arguments: at the end
 * of a loop's iteration the writes of the loop are folded with each other first.
 *
 * @param <T> what the channel holds
 */
public final class Reducer<T> {

    private final String name;
    private final Function<T, Object> seed;
    private final Fold<T> fold;
    private final Function<Object, T> value;

    /** Folds a write into what is kept of the value. */
    private interface Fold<T> {
        Object apply(Object kept, T write);
    }

    private Reducer(String name, Function<T, Object> seed, Fold<T> fold, Function<Object, T> value) {
        this.name = name;
        this.seed = seed;
        this.fold = fold;
        this.value = value;
    }

    /**
     * A reducer of your own.
     *
     * @param name part of the graph's fingerprint: change it when the function changes
     */
    @SuppressWarnings("unchecked") // what is kept is the value itself
    public static <T> Reducer<T> of(String name, BinaryOperator<T> function) {
        return new Reducer<>(name, v -> v, (kept, write) -> function.apply((T) kept, write), kept -> (T) kept);
    }

    /** Any of the writes will do: the later one in declaration order. */
    public static <T> Reducer<T> last() {
        return of("last", (value, write) -> write);
    }

    /** Adds the elements of a write at the end, in time proportional to the write. */
    public static <E> Reducer<List<E>> append() {
        return new Reducer<>("append", Vector::ofAll, Reducer::appended, Reducer::list);
    }

    @SuppressWarnings("unchecked") // what append() keeps is always a vector of its elements
    private static <E> Object appended(Object kept, List<E> write) {
        return ((Vector<E>) kept).appendAll(write);
    }

    @SuppressWarnings("unchecked") // see appended
    private static <E> List<E> list(Object kept) {
        return ((Vector<E>) kept).asJava();
    }

    /** Adds the elements that are not there yet, in order of arrival. */
    public static <E> Reducer<Set<E>> union() {
        return of("union", (value, write) -> {
            var both = new LinkedHashSet<>(value);
            both.addAll(write);
            return Collections.unmodifiableSet(both);
        });
    }

    /** Adds the entries; two different values for one key are a conflict that fails the merge and names the key. */
    public static <V> Reducer<Map<String, V>> mergeMaps() {
        return of("mergeMaps", (value, write) -> {
            var both = new LinkedHashMap<>(value);
            write.forEach((key, added) -> {
                V old = both.putIfAbsent(key, added);
                if (old != null && !old.equals(added)) {
                    throw new IllegalStateException("two writes hold different values for the key '" + key
                            + "'; write it in one place, or use a reducer of your own");
                }
            });
            return Collections.unmodifiableMap(both);
        });
    }

    /** Adds numbers: Integer, Long, Double, BigInteger or BigDecimal; overflow of whole numbers is an error. */
    public static <N extends Number> Reducer<N> sum() {
        return of("sum", Reducer::add);
    }

    @SuppressWarnings("unchecked") // the sum of two numbers of a type is of that type
    private static <N extends Number> N add(N left, N right) {
        return (N)
                switch (left) {
                    case Integer number -> Math.addExact(number, right.intValue());
                    case Long number -> Math.addExact(number, right.longValue());
                    case Double number -> number + right.doubleValue();
                    case BigInteger number -> number.add((BigInteger) right);
                    case BigDecimal number -> number.add((BigDecimal) right);
                    default ->
                        throw new IllegalArgumentException(
                                "sum() does not add " + left.getClass().getName()
                                        + "; use Integer, Long, Double, BigInteger or BigDecimal, or a reducer of your own");
                };
    }

    /** Keeps the greatest. */
    public static <C extends Comparable<C>> Reducer<C> max() {
        return of("max", (value, write) -> value.compareTo(write) >= 0 ? value : write);
    }

    public String name() {
        return name;
    }

    /** What a value is after one more write. */
    public T reduce(T before, T write) {
        return value(fold(seed(before), write));
    }

    /** What is kept of a first value. */
    Object seed(T first) {
        return seed.apply(first);
    }

    /** What is kept after one more write. */
    Object fold(Object kept, T write) {
        return fold.apply(kept, write);
    }

    /** The value that is kept. */
    T value(Object kept) {
        return value.apply(kept);
    }
}
