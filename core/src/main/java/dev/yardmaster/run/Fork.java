package dev.yardmaster.run;

import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a run begins with that is a copy of another up to some point. */
final class Fork {

    private Fork() {}

    /** @param atOffset the last entry that is copied @param labels over those of the first run */
    static List<Entry> of(
            RunId run, List<RunEvent.Recorded> entries, long atOffset, Graph graph, Map<String, String> labels) {
        if (atOffset < 0 || atOffset >= entries.size()) {
            throw new IllegalArgumentException("run '" + run + "' has the entries 0 to " + (entries.size() - 1)
                    + "; there is no entry " + atOffset + " to fork it after");
        }
        var before = (Fact.RunAdmitted) entries.getFirst().entry().fact();
        var copy = new ArrayList<Entry>();
        var named = new TreeMap<>(before.labels());
        named.putAll(labels);
        copy.add(Entry.ofRun(new Fact.RunAdmitted(
                graph.name(),
                graph.digest(),
                before.input(),
                named,
                Optional.of(run),
                Optional.empty(),
                false,
                before.budget())));
        copy.add(Entry.ofRun(new Fact.RunForked(run, atOffset)));
        for (RunEvent.Recorded each : entries.subList(1, (int) atOffset + 1)) {
            if (!isAboutTheRun(each.entry().fact())) {
                copy.add(each.entry());
            }
        }
        return copy;
    }

    /** What was said of the first run as a whole says nothing of the second. */
    private static boolean isAboutTheRun(Fact fact) {
        return switch (fact) {
            case Fact.RunAdmitted admitted -> true;
            case Fact.RunSuspended suspended -> true;
            case Fact.RunResumed resumed -> true;
            case Fact.RunCompleted completed -> true;
            case Fact.RunFailed failed -> true;
            case Fact.RunCancelled cancelled -> true;
            case Fact.RunForked forked -> true;
            default -> false;
        };
    }
}
