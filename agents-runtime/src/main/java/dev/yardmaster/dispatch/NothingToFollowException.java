package dev.yardmaster.dispatch;

import dev.yardmaster.event.RunId;
import dev.yardmaster.event.YardmasterException;

/** A run that was to be gone on from holds no agent's work. */
public final class NothingToFollowException extends YardmasterException {

    NothingToFollowException(RunId run, String graph) {
        super("run '" + run + "' (" + graph
                + ") cannot be gone on from: no agent began to work in it; start a new run");
    }
}
