package dev.yardmaster.run;

import dev.yardmaster.event.Failure;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.YardmasterException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Makes data of exceptions. */
final class Failures {

    private Failures() {}

    static Failure of(Throwable e, NodePath at) {
        if (e instanceof YardmasterException ours) {
            return new Failure(ours.kind(), text(e), ours.retryable(), at, ours.facts());
        }
        String type = e.getClass().getName();
        return new Failure(
                "node.exception", e.getMessage() == null ? type : type + ": " + e.getMessage(), false, at, Map.of());
    }

    static Failure deadline(RunId run, Duration limit) {
        return Failure.of(
                "limit.deadline",
                "run '" + run + "' reached its deadline of "
                        + limit.toString().substring(2).toLowerCase(Locale.ROOT)
                        + "; give it longer with RunOptions.withDeadline(…), or, resuming it, with ResumeOptions.withDeadline(…)",
                NodePath.run());
    }

    private static String text(Throwable e) {
        return e.getMessage() == null ? e.getClass().getName() : e.getMessage();
    }
}
