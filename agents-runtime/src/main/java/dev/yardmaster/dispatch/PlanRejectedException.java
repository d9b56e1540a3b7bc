package dev.yardmaster.dispatch;

import dev.yardmaster.event.YardmasterException;

/** A person did not want a plan to run. */
public final class PlanRejectedException extends YardmasterException {

    PlanRejectedException(String by, String reason) {
        super("the plan was not approved by " + by + (reason.isBlank() ? "" : ": " + reason)
                + "; nothing of it was done");
    }
}
