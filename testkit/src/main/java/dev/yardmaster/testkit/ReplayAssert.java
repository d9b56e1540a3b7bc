package dev.yardmaster.testkit;

import dev.yardmaster.replay.Difference;
import dev.yardmaster.replay.Replayed;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ObjectAssert;

/** Assertions on a replay. A failure shows what was recorded and what is now. */
public final class ReplayAssert extends AbstractAssert<ReplayAssert, Replayed> {

    ReplayAssert(Replayed replayed) {
        super(replayed, ReplayAssert.class);
    }

    /** The run would go as it was recorded. */
    public ReplayAssert isSame() {
        if (!actual.isSame()) {
            throw failure("%s", text("to go as it was recorded"));
        }
        return this;
    }

    /**
     * The first difference is here.
     *
     * @param place a step with its node, such as {@code "fix:turn/1/model"}, or a node, for whatever differs in it
     */
    public ReplayAssert differsAt(String place) {
        boolean there = actual.difference()
                .filter(found -> found.at().toString().equals(place)
                        || found.at().node().value().equals(place))
                .isPresent();
        if (!there) {
            throw failure("%s", text("to differ first at '" + place + "'"));
        }
        return this;
    }

    /** What is shown of the first difference holds this: a sentence, or a line such as {@code "+ Never ask."}. */
    public ReplayAssert showing(String part) {
        if (actual.difference().filter(found -> found.toString().contains(part)).isEmpty()) {
            throw failure("%s", text("to show '" + part + "' as the first difference"));
        }
        return this;
    }

    /** The first difference. */
    public ObjectAssert<Difference> difference() {
        return Assertions.assertThat(
                actual.difference().orElseThrow(() -> failure("%s", text("to differ from what was recorded"))));
    }

    private String text(String expected) {
        return "Expecting run '" + actual.recorded().id() + "' of graph '"
                + actual.recorded().graph() + "' " + expected + ".\n"
                + actual.difference()
                        .map(found -> "At entry " + found.offset() + ", after " + actual.steps()
                                + " steps that were the same, " + found
                                + "\n('-' is as recorded, '+' as it is now; if the"
                                + " change is meant, record the run anew)")
                        .orElse("It goes as it was recorded: " + actual.nodes() + " nodes, " + actual.steps()
                                + " steps.");
    }
}
