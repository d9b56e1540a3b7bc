package dev.yardmaster.run;

import static dev.yardmaster.run.OrchestratorTest.LOG;
import static dev.yardmaster.run.OrchestratorTest.logs;
import static dev.yardmaster.run.OrchestratorTest.single;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a listener may do to the run it hears of. */
@Timeout(120)
class ListeningTest {

    static final Node ASKS = (state, context) -> Update.of(
            LOG, List.of(context.ask(Question.of("deploy?", "yes", "no")).choice()));

    /** Runs a graph, and lets a listener act on every fact. */
    static Outcome run(Graph graph, BiConsumer<Orchestrator, RunEvent.Recorded> listener) throws InterruptedException {
        var self = new AtomicReference<Orchestrator>();
        try (var orchestrator = Orchestrator.builder()
                .listener(event -> {
                    if (event instanceof RunEvent.Recorded recorded) {
                        listener.accept(self.get(), recorded);
                    }
                })
                .build()) {
            self.set(orchestrator);
            return orchestrator.start(graph, State.empty()).await();
        }
    }

    static Graph fork(int width) {
        var builder =
                Graph.builder("fork").channels(LOG).node("begin", logs("begin")).start("begin");
        for (int i = 0; i < width; i++) {
            builder.node("n" + i, logs("n")).edge("begin", "n" + i);
        }
        return builder.build();
    }

    @RepeatedTest(20)
    void it_may_cancel_while_nodes_begin_and_end() throws Exception {
        var outcome = run(fork(50), (orchestrator, heard) -> {
            if (heard.offset() > 10) {
                orchestrator.cancel(heard.run(), "enough");
            }
        });
        assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
        assertThat(outcome.view().facts(Fact.RunCancelled.class)).hasSize(1);
    }

    @Test
    void what_it_throws_is_not_the_runs_trouble_be_it_an_error_of_linkage() throws Exception {
        var outcome = run(fork(3), (orchestrator, heard) -> {
            if (heard.offset() % 2 == 0) {
                throw new NoSuchMethodError("of an older library");
            }
            throw new IllegalStateException("of its own");
        });
        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void it_may_answer_when_a_question_is_asked_and_when_the_run_waits() throws Exception {
        for (var when : List.of(Fact.QuestionAsked.class, Fact.RunSuspended.class)) {
            var question = new AtomicReference<>("");
            var outcome = run(single(ASKS), (orchestrator, heard) -> {
                if (heard.entry().fact() instanceof Fact.QuestionAsked asked) {
                    question.set(asked.id());
                }
                if (when.isInstance(heard.entry().fact())) {
                    orchestrator.answer(heard.run(), new Answer(question.get(), "yes", "", "listener"));
                }
            });
            assertThat(((Outcome.Completed) outcome).state().get(LOG)).containsExactly("yes");
        }
    }

    @Test
    void it_cannot_cancel_what_has_come_to_its_end() throws Exception {
        var outcome = run(single(logs("x")), (orchestrator, heard) -> {
            if (heard.entry().fact() instanceof Fact.RunCompleted) {
                orchestrator.cancel(heard.run(), "too late");
            }
        });
        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
        assertThat(outcome.view().facts(Fact.RunCancelled.class)).isEmpty();
    }
}
