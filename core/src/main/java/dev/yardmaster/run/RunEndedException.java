package dev.yardmaster.run;

import dev.yardmaster.event.RunId;
import dev.yardmaster.event.RunStatus;
import dev.yardmaster.event.YardmasterException;
import java.util.Locale;

/** A run that is completed or cancelled cannot be resumed. */
public final class RunEndedException extends YardmasterException {

    private final RunStatus status;

    RunEndedException(RunId run, RunStatus status) {
        super("run '" + run + "' is " + status.name().toLowerCase(Locale.ROOT)
                + " and cannot be resumed; fork it to go another way from some point of it");
        this.status = status;
    }

    public RunStatus status() {
        return status;
    }
}
