package dev.yardmaster.replay;

import dev.yardmaster.run.RunView;
import java.util.Optional;

/**
 * What came of a replay.
 *
 * @param recorded the run
 * @param nodes how many executions were run again, until the record ended or the first difference
 * @param steps how many steps of the record came again in them
 * @param difference the first; empty when the run would go as it was recorded, as far as the record goes
 */
public record Replayed(RunView recorded, int nodes, int steps, Optional<Difference> difference) {

    /** Whether the run would go as it was recorded. */
    public boolean isSame() {
        return difference.isEmpty();
    }
}
