package dev.yardmaster.run;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.MemoryJournal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A process that dies, and another that goes on: what the tests of resuming set their scenes with. */
class ResumeScene {

    static final Channel<String> OUT = Channel.of("out", String.class);
    static final RunId RUN = new RunId("run");
    static final Question WELL = Question.of("well?", "yes", "no");

    final List<String> did = Collections.synchronizedList(new ArrayList<>());

    static Orchestrator on(Journal journal) {
        return Orchestrator.builder().journal(journal).build();
    }

    static Graph graph(Node node) {
        return Graph.builder("g").channels(OUT).node("a", node).start("a").build();
    }

    static Run start(Orchestrator orchestrator, Graph graph) {
        return orchestrator.start(graph, State.empty(), RunOptions.defaults().withId(RUN));
    }

    String does(String what) {
        did.add(what);
        return what + " done";
    }

    Graph twoSteps(Effect effect) {
        return graph((state, context) -> {
            String first = context.step("first", String.class, "1", effect, () -> does("first"));
            String second = context.step("second", String.class, first, effect, () -> does("second"));
            return Update.of(OUT, first + ", " + second);
        });
    }

    /** What a process leaves that runs a graph and dies right after the n-th entry of a type was recorded. */
    MemoryJournal diedAfter(Graph graph, String type, int n) throws InterruptedException {
        List<Entry> all;
        try (var orchestrator = Orchestrator.inMemory()) {
            all = start(orchestrator, graph).await().view().entries().stream()
                    .map(RunEvent.Recorded::entry)
                    .toList();
        }
        int end = 0;
        for (int seen = 0; seen < n; end++) {
            seen += all.get(end).type().equals(type) ? 1 : 0;
        }
        var store = new MemoryJournal();
        store.create(RUN, all.subList(0, end));
        store.lapse();
        did.clear();
        return store;
    }

    static Outcome resume(MemoryJournal store, Graph graph) throws InterruptedException {
        try (var orchestrator = on(store.another())) {
            return orchestrator.resume(RUN, graph).await();
        }
    }

    static String result(Outcome outcome) {
        return outcome instanceof Outcome.Completed completed
                ? completed.state().get(OUT)
                : outcome.view().failures().getFirst().kind();
    }

    static Answer yes(RunView view) {
        return new Answer(view.questions().keySet().iterator().next(), "yes", "", "me");
    }
}
