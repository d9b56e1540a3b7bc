package dev.yardmaster.graph;

import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.yardmaster.event.Json;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A typed slot of the state. Without a reducer, two writes of which neither saw the other are a conflict that ends the
 * run with an error naming both nodes; that is the default, so that such writes are found.
 *
 * @param <T> what it holds: any type with a JSON form; never null
 */
public final class Channel<T> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    private final String name;
    private final Type type;
    private final Optional<T> initial;
    private final Optional<Reducer<T>> reducer;

    private Channel(String name, Type type, Optional<T> initial, Optional<Reducer<T>> reducer) {
        Objects.requireNonNull(name, "the name of a channel is null");
        held(name, type);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "channel name '" + name + "' is not usable: letters, digits, '_' and '-', starting with a letter");
        }
        this.name = name;
        this.type = type;
        this.initial = initial;
        this.reducer = reducer;
    }

    /**
     * A channel of values of a class: a record, a {@code String}, a number, an enum …
     *
     * @param name letters, digits, {@code _} and {@code -}, starting with a letter
     */
    public static <T> Channel<T> of(String name, Class<T> type) {
        return new Channel<>(name, type, Optional.empty(), Optional.empty());
    }

    /** A channel of lists. */
    public static <E> Channel<List<E>> listOf(String name, Class<E> element) {
        return new Channel<>(
                name,
                types().constructCollectionType(List.class, held(name, element)),
                Optional.empty(),
                Optional.empty());
    }

    /** A channel of sets. */
    public static <E> Channel<Set<E>> setOf(String name, Class<E> element) {
        return new Channel<>(
                name,
                types().constructCollectionType(Set.class, held(name, element)),
                Optional.empty(),
                Optional.empty());
    }

    /** A channel of maps from texts. */
    public static <V> Channel<Map<String, V>> mapOf(String name, Class<V> value) {
        return new Channel<>(
                name,
                types().constructMapType(Map.class, String.class, held(name, value)),
                Optional.empty(),
                Optional.empty());
    }

    private static <C> C held(String channel, C type) {
        return Objects.requireNonNull(
                type, () -> "the type of channel '" + channel + "' is null; name the class of what it holds");
    }

    private static TypeFactory types() {
        return TypeFactory.defaultInstance();
    }

    /** The same channel holding {@code value} until something is written. */
    public Channel<T> withInitial(T value) {
        Objects.requireNonNull(value, () -> "the initial value of channel '" + name + "' is null; leave it out");
        return new Channel<>(name, type, Optional.of(value), reducer);
    }

    /** The same channel where a write is folded into the value instead of replacing it. */
    public Channel<T> withReducer(Reducer<T> fold) {
        Objects.requireNonNull(fold, () -> "the reducer of channel '" + name + "' is null; leave it out");
        return new Channel<>(name, type, initial, Optional.of(fold));
    }

    public String name() {
        return name;
    }

    public Type type() {
        return type;
    }

    public Optional<T> initial() {
        return initial;
    }

    public Optional<Reducer<T>> reducer() {
        return reducer;
    }

    /** A stored value of this channel. @throws dev.yardmaster.event.InvalidJsonException when it does not fit */
    public T decode(Json json) {
        return json.as(type);
    }

    /** What a fingerprint of a graph says about this channel. */
    String signature() {
        return name + ":" + type.getTypeName()
                + reducer.map(r -> ":" + r.name()).orElse("");
    }

    /** The same for people. */
    String described() {
        return type.getTypeName()
                + reducer.map(r -> " with reducer '" + r.name() + "'").orElse("");
    }

    /** Whether values of the one are values of the other. */
    boolean holdsWhat(Channel<?> other) {
        return this == other || type.equals(other.type) || type.getTypeName().equals(other.type.getTypeName());
    }

    @Override
    public String toString() {
        return "channel '" + name + "'";
    }
}
