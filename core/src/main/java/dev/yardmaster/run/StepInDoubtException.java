package dev.yardmaster.run;

import dev.yardmaster.event.StepKey;
import dev.yardmaster.event.YardmasterException;

/**
 * A step had started when its process died, nothing says whether it happened, and it may not be repeated. A node can
 * catch it, look, and go on with a step of another name; uncaught it fails the node.
 */
public final class StepInDoubtException extends YardmasterException {

    private final StepKey step;

    StepInDoubtException(StepKey step) {
        super("step '" + step + "' had started when the process died, and whether it happened is unknown; it is not"
                + " repeated. Catch this in the node and check what it was to do, or fork the run from before it");
        this.step = step;
    }

    public StepKey step() {
        return step;
    }
}
