package dev.yardmaster.run;

import java.time.InstantSource;

/**
 * What the runs of an orchestrator have in common.
 *
 * @param limits of one run; those over all runs are shared within
 */
record Shell(InstantSource clock, Pause pause, Responder responder, Limits limits) {

    Shell forRun() {
        return new Shell(clock, pause, responder, limits.forRun());
    }
}
