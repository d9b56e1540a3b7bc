package dev.yardmaster.run;

import dev.yardmaster.event.RunId;
import dev.yardmaster.event.YardmasterException;

/** The orchestrator was closed while the run was going on; nothing that was recorded is lost. */
public final class OrchestratorClosedException extends YardmasterException {

    OrchestratorClosedException(RunId run) {
        super("the orchestrator was closed while run '" + run + "' was going on");
    }
}
