package dev.yardmaster.run;

import dev.yardmaster.event.RunId;
import dev.yardmaster.event.YardmasterException;

/** The graph given for resuming a run is not the one it was started with. */
public final class GraphChangedException extends YardmasterException {

    GraphChangedException(RunId run, String recorded, String given) {
        super(
                "run '" + run + "' was started with " + recorded + "; given is " + given
                        + ". Give the graph it was started with, fork the run, or resume it with"
                        + " --allow-changed (ResumeOptions.allowChanged()), which works as long as the recorded nodes are still there");
    }
}
