package dev.yardmaster.run;

import dev.yardmaster.event.Fact;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a run is to be started with, beside what the run of the same id was started with. Both are compared as they would
 * be recorded now, without secrets: a run never used those. See docs/decisions/0151.
 *
 * @param used the input without its secrets
 */
record GivenInput(Graph graph, State used, Redactor redaction) {

    /** The channels whose values are others than those that were recorded. */
    List<String> differences(Fact.RunAdmitted recorded) {
        Map<String, Json> before = FoldedRun.values(recorded);
        Map<String, Json> now = used.json();
        var names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        return names.stream()
                .filter(name -> !before.containsKey(name)
                        || !now.containsKey(name)
                        || !same(name, redaction.of(before.get(name)), now.get(name)))
                .toList();
    }

    /** A set has no order, and a type may have got a component that may be missing: what is read of both counts, too. */
    private boolean same(String name, Json before, Json now) {
        if (before.equals(now)) {
            return true;
        }
        Channel<?> channel = graph.channels().get(name);
        try {
            return channel != null && channel.decode(before).equals(channel.decode(now));
        } catch (InvalidJsonException e) {
            return false; // the recorded one is none of this type
        }
    }
}
