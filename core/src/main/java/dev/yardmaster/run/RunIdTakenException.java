package dev.yardmaster.run;

import dev.yardmaster.event.RunId;
import dev.yardmaster.event.YardmasterException;

/** A run was to be started under the id of another graph's run. */
public final class RunIdTakenException extends YardmasterException {

    RunIdTakenException(RunId run, String graph, String other) {
        super("run '" + run + "' is there already and is of graph '" + graph + "', not of '" + other
                + "'; one graph's runs can be begun twice under an id and are one run, those of another need ids of"
                + " their own, such as '" + other + "-" + run + "'");
    }
}
