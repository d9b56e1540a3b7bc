package dev.yardmaster.graph;

import dev.yardmaster.event.YardmasterException;
import java.util.List;
import java.util.stream.Collectors;

/** Branches that come together wrote the same channel without knowing of each other. */
public final class StateConflictException extends YardmasterException {

    /**
     * @param channel the channel's name
     * @param left an execution that wrote it
     * @param right another that did
     */
    public record Conflict(String channel, String left, String right) {

        @Override
        public String toString() {
            return "channel '" + channel + "' was written by '" + left + "' and by '" + right
                    + "', and neither saw the other's value; declare a reducer (Reducer.last() if any will do),"
                    + " or write to two channels";
        }
    }

    private final List<Conflict> conflicts;

    StateConflictException(List<Conflict> conflicts) {
        super(conflicts.stream().map(Conflict::toString).collect(Collectors.joining("\n")));
        this.conflicts = List.copyOf(conflicts);
    }

    public List<Conflict> conflicts() {
        return conflicts;
    }
}
