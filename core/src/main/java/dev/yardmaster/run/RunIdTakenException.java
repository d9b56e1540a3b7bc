package dev.yardmaster.run;

import dev.yardmaster.event.RunId;
import dev.yardmaster.event.RunStatus;
import dev.yardmaster.event.YardmasterException;
import java.util.List;
import java.util.Locale;

/** A run was to be started under the id of another one: of another graph's, or of one that was given another input. */
public final class RunIdTakenException extends YardmasterException {

    private final RunId run;

    RunIdTakenException(RunId run, String graph, String other) {
        super("run '" + run + "' is there already and is of graph '" + graph + "', not of '" + other
                + "'; one graph's runs can be begun twice under an id and are one run, those of another need ids of"
                + " their own, such as '" + other + "-" + run + "'");
        this.run = run;
    }

    /** @param channels whose values are others; named without them, which may be nobody's business */
    RunIdTakenException(RunId run, String graph, RunStatus status, List<String> channels) {
        super("run '" + run + "' of graph '" + graph + "' is there already (" + lower(status)
                + ") and was given another input: " + (channels.size() == 1 ? "channel '" : "channels '")
                + String.join("', '", channels) + (channels.size() == 1 ? "' differs" : "' differ")
                + "; with the input it was given, an id returns its run; another input needs an id of its own");
        this.run = run;
    }

    private static String lower(RunStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    /** The run that has the id. */
    public RunId run() {
        return run;
    }
}
