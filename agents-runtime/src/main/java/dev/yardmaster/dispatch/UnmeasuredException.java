package dev.yardmaster.dispatch;

import dev.yardmaster.event.Failure;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.run.RunView;

/** A model could not be asked about all tasks that it was to be asked about, so nothing was measured. */
public final class UnmeasuredException extends YardmasterException {

    UnmeasuredException(int tasks, RunView view) {
        super("the model was to be asked about " + tasks + (tasks == 1 ? " task" : " tasks")
                + ", and could not be any more after "
                + view.spent().turns() + (view.spent().turns() == 1 ? " reply" : " replies") + ": "
                + view.failures().stream()
                        .map(Failure::message)
                        .findFirst()
                        .orElse("the run ended as " + view.status()));
    }
}
