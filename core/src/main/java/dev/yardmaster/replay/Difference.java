package dev.yardmaster.replay;

import dev.yardmaster.event.JsonDifference;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.StepKey;
import java.util.List;

/**
 * Where a run would go another way than was recorded.
 *
 * @param kind what differs
 * @param at the step; its name is empty when it is about the node as a whole
 * @param offset the entry of the record that does not fit, or after which something is missing
 * @param what it is, in a sentence
 * @param changes what was recorded and what is now, place by place; empty where the sentence says it all
 */
public record Difference(Kind kind, StepKey at, long offset, String what, List<JsonDifference> changes) {

    /** What differs. */
    public enum Kind {
        /** The graph does not take the run's input, or no longer declares what was written. */
        GRAPH,
        /** A step is given another input. */
        INPUT,
        /** What follows from code and files alone comes to something else: a prompt, the tools, a route. */
        DERIVED,
        /** A step that the record does not have. */
        NEW_STEP,
        /** A step of the record that does not come any more. */
        MISSING_STEP,
        /** A person is asked something else. */
        QUESTION,
        /** A node writes something else. */
        RESULT,
        /** A node goes on to others. */
        EDGES,
        /** A node that did not run then. */
        NEW_NODE,
        /** A node that does not run any more. */
        MISSING_NODE,
        /** A node fails that did not, or for another reason, or fails no more. */
        FAILURE
    }

    private static final int MOST_CHANGES = 5;

    public Difference {
        changes = List.copyOf(changes);
    }

    /** One about a node as a whole. */
    static Difference of(Kind kind, NodePath node, long offset, String what) {
        return new Difference(kind, new StepKey(node, ""), offset, what, List.of());
    }

    /** What changed, for a reader: lines with a minus as recorded, with a plus as it is now. */
    public List<String> lines() {
        return JsonDifference.lines(changes, MOST_CHANGES);
    }

    @Override
    public String toString() {
        return what + lines().stream().map(line -> "\n  " + line).reduce("", String::concat);
    }
}
