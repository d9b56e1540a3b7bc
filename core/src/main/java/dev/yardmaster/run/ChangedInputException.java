package dev.yardmaster.run;

import dev.yardmaster.event.StepKey;
import dev.yardmaster.event.YardmasterException;

/** A node that runs again gives a recorded step another input than before: its code, or what it reads, has changed. */
public final class ChangedInputException extends YardmasterException {

    private final StepKey step;

    ChangedInputException(StepKey step, String recorded, String now) {
        super(
                "step '" + step + "' has another input than was recorded (recorded " + shortened(recorded) + ", now "
                        + shortened(now)
                        + "): the code, an agent's file or a tool has changed. Fork the run from before that"
                        + " step, or resume it with --allow-changed (ResumeOptions.allowChanged()), which goes on from what was recorded");
        this.step = step;
    }

    private static String shortened(String hash) {
        return hash.length() > 12 ? hash.substring(0, 12) : hash;
    }

    public StepKey step() {
        return step;
    }
}
