package dev.yardmaster.run;

import dev.yardmaster.event.Failure;
import dev.yardmaster.event.StepKey;
import dev.yardmaster.event.YardmasterException;

/** A step failed before the process died, as its record says; it is not tried again in the same attempt. */
public final class StepFailedException extends YardmasterException {

    private final StepKey step;
    private final Failure failure;

    /** @param failure as it was recorded */
    public StepFailedException(StepKey step, Failure failure) {
        super("step '" + step + "' had failed when it was recorded: " + failure.message());
        this.step = step;
        this.failure = failure;
    }

    public StepKey step() {
        return step;
    }

    public Failure failure() {
        return failure;
    }
}
