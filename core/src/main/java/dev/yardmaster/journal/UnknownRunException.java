package dev.yardmaster.journal;

import dev.yardmaster.event.RunId;
import dev.yardmaster.event.YardmasterException;

/** There is no run of this name in the journal. */
public final class UnknownRunException extends YardmasterException {

    private final RunId run;

    public UnknownRunException(RunId run) {
        super("there is no run '" + run + "' in this journal; list the runs to find its name");
        this.run = run;
    }

    public RunId run() {
        return run;
    }
}
