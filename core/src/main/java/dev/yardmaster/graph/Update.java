package dev.yardmaster.graph;

import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** What one node writes: at most one value for each channel. Immutable. */
public final class Update {

    private static final Update NONE = new Update(List.of());

    private final List<Write<?>> writes;

    /** A value for a channel. @param replaces whether it overwrites a channel that has a reducer */
    record Write<T>(Channel<T> channel, T value, boolean replaces) {
        Write {
            Objects.requireNonNull(value, () -> channel + " cannot hold null; leave the channel out of the update");
        }

        History onto(History history, String writer) {
            return channel.reducer().isPresent() && !replaces
                    ? history.reduced(channel, writer, value)
                    : history.overwritten(channel, writer, value);
        }
    }

    private Update(List<Write<?>> writes) {
        this.writes = List.copyOf(writes);
    }

    /** Writes nothing. */
    public static Update none() {
        return NONE;
    }

    /** Writes a value; in a channel with a reducer it is folded in. */
    public static <T> Update of(Channel<T> channel, T value) {
        return NONE.and(channel, value);
    }

    /** Overwrites the value of a channel, also where it has a reducer. */
    public static <T> Update replace(Channel<T> channel, T value) {
        return NONE.andReplace(channel, value);
    }

    /** These writes and one more. @throws IllegalArgumentException when the channel is written already */
    public <T> Update and(Channel<T> channel, T value) {
        return with(new Write<>(channel, value, false));
    }

    /** These writes and one more, which overwrites. @throws IllegalArgumentException when the channel is written already */
    public <T> Update andReplace(Channel<T> channel, T value) {
        return with(new Write<>(channel, value, true));
    }

    private Update with(Write<?> write) {
        for (Write<?> other : writes) {
            if (other.channel().name().equals(write.channel().name())) {
                throw new IllegalArgumentException("an update writes " + write.channel()
                        + " twice; a node writes a channel once: combine the two values");
            }
        }
        var all = new ArrayList<>(writes);
        all.add(write);
        return new Update(all);
    }

    /** These writes and one that was recorded. */
    <T> Update andRecorded(Channel<T> channel, Fact.Write recorded) {
        return with(new Write<>(channel, channel.decode(recorded.value()), recorded.replaces()));
    }

    /** What is recorded of this update. */
    public List<Fact.Write> facts() {
        if (writes.isEmpty()) {
            return List.of();
        }
        var facts = new ArrayList<Fact.Write>(writes.size());
        for (Write<?> write : writes) {
            facts.add(new Fact.Write(write.channel().name(), Json.of(write.value()), write.replaces()));
        }
        return Collections.unmodifiableList(facts);
    }

    List<Write<?>> writes() {
        return writes;
    }
}
