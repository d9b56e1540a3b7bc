package dev.yardmaster.journal;

import dev.yardmaster.event.RunId;
import dev.yardmaster.event.YardmasterException;

/** A live process goes on with the run; it has one owner at a time. */
public final class RunOwnedException extends YardmasterException {

    private final RunId run;

    /** @param owner who, in words, such as {@code process 4711 on this machine} */
    public RunOwnedException(RunId run, String owner) {
        super("run '" + run + "' is being run by " + owner + "; answer or cancel it from here, or stop that first");
        this.run = run;
    }

    public RunId run() {
        return run;
    }

    @Override
    public boolean retryable() {
        return true;
    }
}
