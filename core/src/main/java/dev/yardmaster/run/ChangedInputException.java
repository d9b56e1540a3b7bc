package dev.yardmaster.run;

import dev.yardmaster.event.JsonDifference;
import dev.yardmaster.event.StepKey;
import dev.yardmaster.event.YardmasterException;
import java.util.List;

/** A node that runs again gives a recorded step another input than before: its code, or what it reads, has changed. */
public final class ChangedInputException extends YardmasterException {

    private static final String REMEDY = "Fork the run from before that step, put back what was changed, or resume it"
            + " with --allow-changed (ResumeOptions.allowChanged()), which goes on from what was recorded";

    private final StepKey step;

    ChangedInputException(StepKey step, String recorded, String now) {
        super("step '" + step + "' has another input than was recorded (recorded " + shortened(recorded) + ", now "
                + shortened(now)
                + "): the code, an agent's file or a tool has changed. " + REMEDY);
        this.step = step;
    }

    /** What follows from the code and from files alone is another than was recorded. */
    ChangedInputException(StepKey step, List<JsonDifference> differences) {
        super("step '" + step + "' comes to something else than was recorded: the code, an agent's file or a tool has"
                + " changed.\n  " + String.join("\n  ", JsonDifference.lines(differences, 3)) + "\n" + REMEDY);
        this.step = step;
    }

    private static String shortened(String hash) {
        return hash.length() > 12 ? hash.substring(0, 12) : hash;
    }

    public StepKey step() {
        return step;
    }
}
