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
        Objects.requireNonNull(
                type, () -> "the type of channel '" + name + "' is null; name the class of what it holds");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "channel name '" + name + "' is not usable: letters, digits, '_' and '-', starting with a letter");
        }
        this.name = name;
        this.type = type;
        this.initial = initial;
        this.reducer = reducer;
    }

    public static <T> Channel<T> of(String name, Class<T> type) {
        return new Channel<>(name, type, Optional.empty(), Optional.empty());
    }

    public static <E> Channel<List<E>> listOf(String name, Class<E> element) {
        return new Channel<>(
                name, types().constructCollectionType(List.class, element), Optional.empty(), Optional.empty());
    }

    public static <E> Channel<Set<E>> setOf(String name, Class<E> element) {
        return new Channel<>(
                name, types().constructCollectionType(Set.class, element), Optional.empty(), Optional.empty());
    }

    public static <V> Channel<Map<String, V>> mapOf(String name, Class<V> value) {
        return new Channel<>(
                name, types().constructMapType(Map.class, String.class, value), Optional.empty(), Optional.empty());
    }

    private static TypeFactory types() {
        return TypeFactory.defaultInstance();
    }

    /** The same channel holding {@code value} until something is written. */
    public Channel<T> withInitial(T value) {
        return new Channel<>(name, type, Optional.of(value), reducer);
    }

    /** The same channel where a write is folded into the value instead of replacing it. */
    public Channel<T> withReducer(Reducer<T> fold) {
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

    @Override
    public String toString() {
        return "channel '" + name + "'";
    }
}
