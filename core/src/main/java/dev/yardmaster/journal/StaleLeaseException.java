package dev.yardmaster.journal;

import dev.yardmaster.event.RunId;
import dev.yardmaster.event.YardmasterException;

/** Somebody else has become the owner of the run: nothing more of what this owner says is stored. */
public final class StaleLeaseException extends YardmasterException {

    private final RunId run;
    private final long epoch;

    /** @param epoch that of the lease that has ended */
    public StaleLeaseException(RunId run, long epoch) {
        super("run '" + run + "' was taken over by another owner after epoch " + epoch
                + "; what is done here is no longer recorded. Go on with it where it is owned now");
        this.run = run;
        this.epoch = epoch;
    }

    public RunId run() {
        return run;
    }

    public long epoch() {
        return epoch;
    }
}
