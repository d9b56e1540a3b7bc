package dev.yardmaster.graph;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.yardmaster.event.Json;
import io.vavr.Tuple2;
import io.vavr.collection.HashMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An immutable value for each channel, with the knowledge of who wrote it. A copy costs nothing: states share what they
 * have in common.
 */
public final class State {

    private static final State EMPTY = new State(HashMap.empty());
    private static final String INPUT = "input";

    private final HashMap<String, Slot> slots;

    private record Slot(Channel<?> channel, History history) {}

    private State(HashMap<String, Slot> slots) {
        this.slots = slots;
    }

    public static State empty() {
        return EMPTY;
    }

    /** A state to start a run with. */
    public static <T> State of(Channel<T> channel, T value) {
        return EMPTY.with(channel, value);
    }

    /** This state with one value more or another one: for the input of a run. Nodes write by {@link Update}. */
    public <T> State with(Channel<T> channel, T value) {
        return after(Update.replace(channel, value), INPUT);
    }

    /**
     * The value of a channel.
     *
     * @throws MissingValueException when nothing was written to it and it has no initial value
     * @throws WrongTypeException when what was written under its name is of another type
     */
    public <T> T get(Channel<T> channel) {
        return find(channel)
                .orElseThrow(() -> new MissingValueException(
                        channel.name(), List.copyOf(slots.keySet().toSortedSet().toJavaList())));
    }

    /**
     * The value of a channel; its initial value when nothing was written; empty when it has none.
     *
     * @throws WrongTypeException when what was written under its name is of another type
     */
    public <T> Optional<T> find(Channel<T> channel) {
        var slot = slots.get(channel.name());
        if (slot.isEmpty()) {
            return channel.initial();
        }
        Slot written = slot.get();
        if (!written.channel().holdsWhat(channel)) {
            throw new WrongTypeException(channel, written.channel());
        }
        return written.history().hasValue() ? Optional.of(value(written)) : Optional.empty();
    }

    @SuppressWarnings("unchecked") // its channel holds what the one that is asked for holds
    private static <T> T value(Slot written) {
        return written.history().value((Channel<T>) written.channel());
    }

    /** The values that were written, by channel name, sorted; a state's JSON form. */
    @JsonValue
    public Map<String, Json> json() {
        var values = new TreeMap<String, Json>();
        for (Tuple2<String, Slot> slot : slots) {
            values.put(slot._1(), json(slot._2()));
        }
        return Collections.unmodifiableMap(values);
    }

    /** The channels that were written. */
    List<Channel<?>> channels() {
        var channels = new ArrayList<Channel<?>>();
        slots.valuesIterator().forEachRemaining(slot -> channels.add(slot.channel()));
        return channels;
    }

    private static Json json(Slot slot) {
        return Json.of(slot.history().value(slot.channel()));
    }

    /** This state after the writes of one execution. */
    State after(Update update, String writer) {
        HashMap<String, Slot> result = slots;
        for (Update.Write<?> write : update.writes()) {
            Channel<?> channel = write.channel();
            Slot slot = result.getOrElse(channel.name(), null);
            History before = slot == null ? History.start(channel) : slot.history();
            result = result.put(channel.name(), new Slot(channel, write.onto(before, writer)));
        }
        return result == slots ? this : new State(result);
    }

    /** These values as the input of a run of their own. */
    State asInput() {
        State input = EMPTY;
        for (Tuple2<String, Slot> slot : slots) {
            input = input.taking(slot._2());
        }
        return input;
    }

    private State taking(Slot slot) {
        return slot.history().hasValue() ? taking(slot.channel(), slot.history()) : this;
    }

    private <T> State taking(Channel<T> channel, History history) {
        return with(channel, history.<T>value(channel));
    }

    /** What was written since {@code entry}, from which this state is the result of a region. */
    Update since(State entry) {
        Update update = Update.none();
        for (Tuple2<String, Slot> slot : slots) {
            History before = entry.slots.get(slot._1()).map(Slot::history).getOrNull();
            if (before != slot._2().history()) {
                update = since(slot._2().channel(), slot._2().history(), before, update);
            }
        }
        return update;
    }

    private static <T> Update since(Channel<T> channel, History history, @Nullable History before, Update update) {
        return history.reductionSince(channel, before)
                .map(delta -> update.and(channel, delta))
                .orElseGet(() -> update.andReplace(channel, history.<T>value(channel)));
    }

    /** This state with a value that nothing outside knows of. */
    <T> State local(Channel<T> channel, T value, String writer) {
        History history = History.start(channel).overwritten(channel, writer, value);
        return new State(slots.put(channel.name(), new Slot(channel, history)));
    }

    /** This state as if nothing had been written to a channel. */
    State without(Channel<?> channel) {
        return slots.containsKey(channel.name()) ? new State(slots.remove(channel.name())) : this;
    }

    /** This state with what {@code outer} has in some channels; {@code outer} itself where nothing else differs. */
    State restored(State outer, Channel<?>... channels) {
        HashMap<String, Slot> result = slots;
        for (Channel<?> each : channels) {
            var before = outer.slots.get(each.name());
            result = before.isDefined() ? result.put(each.name(), before.get()) : result.remove(each.name());
        }
        return result.size() == outer.slots.size() && result.forAll(slot -> outer.holds(slot._1(), slot._2()))
                ? outer
                : new State(result);
    }

    private boolean holds(String name, Slot slot) {
        return slots.get(name).getOrNull() == slot;
    }

    /**
     * What all of {@code states} know together.
     *
     * @throws StateConflictException with every conflict, when two of them hold writes that exclude each other
     */
    static State merge(List<State> states) {
        State first = states.getFirst();
        if (allSame(states, first)) {
            return first;
        }
        var conflicts = new ArrayList<StateConflictException.Conflict>();
        HashMap<String, Slot> result = first.slots;
        for (String name : names(states)) {
            List<Slot> slots = states.stream()
                    .flatMap(state -> state.slots.get(name).toJavaOptional().stream())
                    .toList();
            Channel<?> channel = slots.getFirst().channel();
            History merged = merge(channel, slots, states.size(), conflicts);
            result = result.put(name, new Slot(channel, merged));
        }
        if (!conflicts.isEmpty()) {
            throw new StateConflictException(conflicts);
        }
        return new State(result);
    }

    private static boolean allSame(List<State> states, State one) {
        for (State state : states) {
            if (state != one) {
                return false;
            }
        }
        return true;
    }

    private static Iterable<String> names(List<State> states) {
        var names = new java.util.TreeSet<String>();
        states.forEach(state -> state.slots.keySet().forEach(names::add));
        return names;
    }

    private static History merge(
            Channel<?> channel, List<Slot> slots, int states, List<StateConflictException.Conflict> conflicts) {
        var histories = new ArrayList<>(slots.stream().map(Slot::history).toList());
        if (histories.size() < states) {
            histories.add(History.start(channel)); // those that never heard of the channel
        }
        return History.merge(
                channel,
                histories,
                found -> conflicts.add(
                        new StateConflictException.Conflict(channel.name(), found.left(), found.right())));
    }

    /** How many writes it remembers in all channels. */
    int knownWrites() {
        int writes = 0;
        for (Tuple2<String, Slot> slot : slots) {
            writes += slot._2().history().length();
        }
        return writes;
    }

    /** This state with the writes since {@code entry} folded together; see {@link History#collapsed}. */
    State collapsed(State entry, String region) {
        if (slots == entry.slots) {
            return this;
        }
        HashMap<String, Slot> result = slots;
        for (Tuple2<String, Slot> each : slots) {
            Slot slot = each._2();
            Slot before = entry.slots.getOrElse(each._1(), null);
            if (before == slot) {
                continue;
            }
            History from = before == null ? History.start(slot.channel()) : before.history();
            History collapsed = slot.history().collapsed(slot.channel(), from, region);
            if (collapsed != slot.history()) {
                result = result.put(each._1(), new Slot(slot.channel(), collapsed));
            }
        }
        return result == slots ? this : new State(result);
    }

    @Override
    public String toString() {
        return json().toString();
    }
}
