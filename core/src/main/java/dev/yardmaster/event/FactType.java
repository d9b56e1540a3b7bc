package dev.yardmaster.event;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The stored name and version of each kind of fact. */
final class FactType {

    private static final int VERSION = 1;
    private static final Map<String, Class<? extends Fact>> BY_NAME = new LinkedHashMap<>();
    private static final Map<Class<? extends Fact>, String> NAMES = new HashMap<>();

    static {
        name("run.admitted", Fact.RunAdmitted.class);
        name("node.started", Fact.NodeStarted.class);
        name("node.completed", Fact.NodeCompleted.class);
        name("node.failed", Fact.NodeFailed.class);
        name("step.started", Fact.StepStarted.class);
        name("step.finished", Fact.StepFinished.class);
        name("question.asked", Fact.QuestionAsked.class);
        name("question.answered", Fact.QuestionAnswered.class);
        name("timer.set", Fact.TimerSet.class);
        name("timer.fired", Fact.TimerFired.class);
        name("noted", Fact.Noted.class);
        name("run.suspended", Fact.RunSuspended.class);
        name("run.resumed", Fact.RunResumed.class);
        name("run.completed", Fact.RunCompleted.class);
        name("run.failed", Fact.RunFailed.class);
        name("run.cancelled", Fact.RunCancelled.class);
        name("run.forked", Fact.RunForked.class);
    }

    private FactType() {}

    private static void name(String name, Class<? extends Fact> type) {
        BY_NAME.put(name, type);
        NAMES.put(type, name);
    }

    static String of(Fact fact) {
        String name = NAMES.get(fact.getClass());
        if (name == null) {
            throw new IllegalStateException(fact.getClass() + " has no stored name; add it to FactType");
        }
        return name;
    }

    static int version() {
        return VERSION;
    }

    static Fact read(String name, int version, String json) {
        check(name, version);
        return Json.read(json, BY_NAME.get(name));
    }

    static void check(String name, int version) {
        if (!BY_NAME.containsKey(name) || version > VERSION) {
            throw new NewerVersionException(
                    "this journal holds a '" + name + "' entry of version " + version
                            + ", which this version of Yardmaster does not know; use the version that wrote it, or a newer one");
        }
    }
}
