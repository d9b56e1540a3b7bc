package dev.yardmaster.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * What a subgraph with channels of its own is given, and what is taken from it. Immutable: {@code in} and {@code out}
 * give a changed copy.
 *
 * <p>The subgraph sees nothing of the state around it but what is mapped in; what it writes stays inside but for what is
 * mapped out. A channel without a value is left out, in both directions.
 */
public final class ChannelMapping {

    private static final ChannelMapping NONE = new ChannelMapping(List.of(), List.of());

    private final List<Pair<?>> in;
    private final List<Pair<?>> out;

    /** Two channels of one type. */
    record Pair<T>(Channel<T> from, Channel<T> to) {
        State copied(State source, State target) {
            return source.find(from).map(value -> target.with(to, value)).orElse(target);
        }

        Update added(State source, Update update) {
            return source.find(from).map(value -> update.and(to, value)).orElse(update);
        }

        @Override
        public String toString() {
            return from.name() + ">" + to.name();
        }
    }

    private ChannelMapping(List<Pair<?>> in, List<Pair<?>> out) {
        this.in = List.copyOf(in);
        this.out = List.copyOf(out);
    }

    /** Nothing goes in or out. */
    public static ChannelMapping none() {
        return NONE;
    }

    /** The subgraph starts with the value of {@code outer} in {@code inner}. */
    public <T> ChannelMapping in(Channel<T> outer, Channel<T> inner) {
        return new ChannelMapping(and(in, new Pair<>(outer, inner)), out);
    }

    /** When the subgraph is over, it writes the value of {@code inner} to {@code outer}. */
    public <T> ChannelMapping out(Channel<T> inner, Channel<T> outer) {
        return new ChannelMapping(in, and(out, new Pair<>(inner, outer)));
    }

    private static List<Pair<?>> and(List<Pair<?>> pairs, Pair<?> one) {
        for (Pair<?> other : pairs) {
            if (other.to().name().equals(one.to().name())) {
                throw new IllegalArgumentException(one.to() + " is mapped to twice; remove one");
            }
        }
        var all = new ArrayList<>(pairs);
        all.add(one);
        return all;
    }

    State enter(State outer) {
        State inner = State.empty();
        for (Pair<?> each : in) {
            inner = each.copied(outer, inner);
        }
        return inner;
    }

    Update leave(State inner) {
        Update update = Update.none();
        for (Pair<?> each : out) {
            update = each.added(inner, update);
        }
        return update;
    }

    List<Pair<?>> in() {
        return in;
    }

    List<Pair<?>> out() {
        return out;
    }

    List<Channel<?>> writes() {
        return out.stream().<Channel<?>>map(Pair::to).toList();
    }

    String signature() {
        return in + " " + out;
    }
}
