package dev.yardmaster.run;

import dev.yardmaster.event.RunId;
import dev.yardmaster.event.YardmasterException;

/** The orchestrator is closed, perhaps while a run was going on; nothing that was recorded is lost. */
public final class OrchestratorClosedException extends YardmasterException {

    OrchestratorClosedException() {
        super("the orchestrator is closed; do this before close(), or with another one");
    }

    OrchestratorClosedException(RunId run) {
        super("the orchestrator was closed while run '" + run + "' was going on");
    }
}
