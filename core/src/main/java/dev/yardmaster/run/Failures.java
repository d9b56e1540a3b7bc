package dev.yardmaster.run;

import dev.yardmaster.event.Failure;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.YardmasterException;
import java.util.Map;

/** Makes data of exceptions. */
final class Failures {

    private Failures() {}

    static Failure of(Throwable e, NodePath at) {
        if (e instanceof YardmasterException ours) {
            return new Failure(ours.kind(), text(e), ours.retryable(), at, Map.of());
        }
        String type = e.getClass().getName();
        return new Failure(
                "node.exception", e.getMessage() == null ? type : type + ": " + e.getMessage(), false, at, Map.of());
    }

    private static String text(Throwable e) {
        return e.getMessage() == null ? e.getClass().getName() : e.getMessage();
    }
}
