package dev.yardmaster.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Question;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.MemoryJournal;
import dev.yardmaster.replay.Replay;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Secrets are taken out before anything is recorded, and a run goes on with what is recorded. */
@Timeout(120)
class RedactorTest extends ResumeScene {

    private static final Channel<String> IN = Channel.of("in", String.class);
    private static final UnaryOperator<String> SECRETS = text -> text.replace("canary", "[redacted: it]");

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    private static Orchestrator redacting(Journal journal) {
        return Orchestrator.builder().journal(journal).redact(SECRETS).build();
    }

    private Graph leaky(Node last) {
        return Graph.builder("leaky")
                .channels(IN, OUT)
                .node("a", (state, context) -> {
                    seen.add(state.get(IN));
                    seen.add(context.step("s", String.class, "asks canary", Effect.ONCE, () -> "says canary"));
                    var question = new Question("is canary right?", List.of(), Map.of("why", "canary"));
                    seen.add(context.ask(question).choice());
                    return Update.of(OUT, "writes canary");
                })
                .node("b", (state, context) -> {
                    seen.add(state.get(OUT));
                    return last.run(state, context);
                })
                .start("a")
                .edge("a", "b")
                .build();
    }

    private static Run begin(Orchestrator orchestrator, Graph graph) {
        var options = RunOptions.defaults().withId(RUN).withLabel("task", "tell canary");
        return orchestrator.start(graph, State.of(IN, "given canary"), options);
    }

    private static String recorded(Run run) {
        return String.join("\n", run.events(0).stream().map(RunFile::line).toList());
    }

    @Test
    void no_entry_holds_one_and_nodes_see_what_was_recorded() throws Exception {
        try (var orchestrator = redacting(new MemoryJournal())) {
            Run run = begin(orchestrator, leaky((state, context) -> {
                throw new IllegalStateException("no canary");
            }));
            RunView waiting = run.await().view();
            String question = waiting.questions().keySet().iterator().next();
            orchestrator.answer(RUN, new Answer(question, "yes canary", "since canary", "me"));
            assertThat(run.await()).isInstanceOf(Outcome.Failed.class);
            assertThat(recorded(run)).doesNotContain("canary").contains("[redacted: it]");
            assertThat(seen)
                    .containsExactly(
                            "given [redacted: it]",
                            "says [redacted: it]",
                            "yes [redacted: it]",
                            "writes [redacted: it]");
        }
    }

    @Test
    void a_resumed_run_and_a_replay_come_to_the_same() throws Exception {
        Graph graph = leaky((state, context) -> Update.none());
        var store = new MemoryJournal();
        String question;
        try (var orchestrator = redacting(store.another())) {
            question = begin(orchestrator, graph)
                    .await()
                    .view()
                    .questions()
                    .keySet()
                    .iterator()
                    .next();
        }
        try (var orchestrator = redacting(store.another())) {
            orchestrator.answer(RUN, new Answer(question, "yes", "", "me"));
            Outcome outcome = orchestrator.resume(RUN, graph).await();
            assertThat(outcome).as(() -> outcome.view().failures().toString()).isInstanceOf(Outcome.Completed.class);
            assertThat(Replay.of(outcome.view())
                            .redacting(SECRETS)
                            .through(graph)
                            .difference())
                    .isEmpty();
        }
    }
}
