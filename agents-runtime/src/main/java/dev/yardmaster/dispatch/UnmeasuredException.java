package dev.yardmaster.dispatch;

import dev.yardmaster.event.Failure;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.run.RunView;

/** A model could not be asked about all tasks that it was to be asked about, so nothing was measured. */
public final class UnmeasuredException extends YardmasterException {

    UnmeasuredException(int tasks, RunView view) {
        super("the model was asked about " + view.spent().turns() + " of " + tasks + " tasks, then it could not be: "
                + view.failures().stream()
                        .map(Failure::message)
                        .findFirst()
                        .orElse("the run ended as " + view.status()));
    }
}
