package dev.yardmaster.run;

import dev.yardmaster.event.Failure;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.YardmasterException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Makes data of exceptions. */
final class Failures {

    /** Whose frames say nothing about where in a node something went wrong. */
    private static final List<String> LIBRARIES =
            List.of("java.", "jdk.", "dev.yardmaster.graph.", "dev.yardmaster.event.", "dev.yardmaster.run.Step");

    private Failures() {}

    static Failure of(Throwable e, NodePath at) {
        if (e instanceof YardmasterException ours) {
            return new Failure(ours.kind(), text(e), ours.retryable(), at, ours.facts());
        }
        String type = e.getClass().getName();
        return new Failure(
                "node.exception", e.getMessage() == null ? type : type + ": " + e.getMessage(), false, at, origin(e));
    }

    /** Where in the node's own code it was thrown, and what caused it: as much of a stack trace as belongs into a record. */
    private static Map<String, String> origin(Throwable e) {
        var details = new TreeMap<String, String>();
        Throwable root = e;
        for (int depth = 0; root.getCause() != null && depth < 20; depth++) {
            root = root.getCause();
        }
        if (root != e) {
            details.put("cause", root.toString());
        }
        Arrays.stream(e.getStackTrace())
                .takeWhile(frame -> !frame.getClassName().equals(NodeRunner.class.getName()))
                .filter(frame -> LIBRARIES.stream().noneMatch(frame.getClassName()::startsWith))
                .findFirst()
                .ifPresent(frame -> details.put(
                        "thrown",
                        frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName() + ":"
                                + frame.getLineNumber() + ")"));
        return details;
    }

    static Failure deadline(RunId run, Duration limit) {
        return Failure.of(
                "limit.deadline",
                "run '" + run + "' reached its deadline of "
                        + limit.toString().substring(2).toLowerCase(Locale.ROOT)
                        + "; give it longer with RunOptions.withDeadline(…), or, resuming it, with ResumeOptions.withDeadline(…)",
                NodePath.run());
    }

    /** What those are told who wait for a run that could not be gone on with. */
    static YardmasterException stopped(RunId run, Throwable why) {
        return new YardmasterException(
                "run '" + run + "' stopped, as nothing more of it could be recorded: "
                        + (why instanceof YardmasterException ? why.getMessage() : why)
                        + "; what was recorded before is kept: resume it when that is mended",
                why);
    }

    private static String text(Throwable e) {
        return e.getMessage() == null ? e.getClass().getName() : e.getMessage();
    }
}
