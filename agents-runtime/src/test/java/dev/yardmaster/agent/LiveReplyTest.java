package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.Usage;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LiveReplyTest {

    @TempDir
    Path workspace;

    private final List<String> heard = new CopyOnWriteArrayList<>();

    /** Says its words one by one; the first attempts break off after the first word, or before it. */
    private static final class Speaker implements Model {

        private final List<String> words;
        private int wordsOfFirst;
        private int failures;

        Speaker(List<String> words, int failures, int wordsOfFirst) {
            this.words = words;
            this.failures = failures;
            this.wordsOfFirst = wordsOfFirst;
        }

        @Override
        public String name() {
            return "test:speaker";
        }

        @Override
        public ModelReply reply(ModelRequest request) {
            throw new AssertionError("is to be asked for a stream");
        }

        @Override
        public ModelReply reply(ModelRequest request, Consumer<String> listener) {
            if (failures-- > 0) {
                words.stream().limit(wordsOfFirst).forEach(listener);
                throw new ModelException(ModelException.Kind.TRANSIENT, "the line went dead");
            }
            words.forEach(listener);
            return new ModelReply(
                    Message.Assistant.of(String.join("", words)), new Usage(1, 1), ModelReply.Finish.STOP);
        }
    }

    private Outcome run(Model model, Interceptor... interceptors) throws Exception {
        AgentRuntimeBuilder builder = AgentRuntime.builder()
                .agents(AgentTest.WORKER)
                .workspace(workspace)
                .model(model)
                .retries(new RetryPolicy(3, Duration.ZERO, Duration.ZERO));
        for (Interceptor each : interceptors) {
            builder.intercept(each);
        }
        var graph = Graph.builder("test")
                .channels(AgentTest.TASK, AgentTest.RESULT)
                .node(
                        "work",
                        builder.build().agent("worker").reads(AgentTest.TASK).writes(AgentTest.RESULT))
                .start("work")
                .build();
        try (var orchestrator = Orchestrator.builder().listener(this::hear).build()) {
            return orchestrator.start(graph, State.of(AgentTest.TASK, "speak")).await();
        }
    }

    private void hear(RunEvent event) {
        if (event instanceof ReplyText said) {
            heard.add(said.at() + " " + said.step() + ": " + said.text());
        } else if (event instanceof ReplyReset reset) {
            heard.add("reset " + reset.step() + ": " + reset.why());
        }
    }

    @Test
    void words_reach_listeners_with_the_place_and_the_step_they_belong_to() throws Exception {
        AgentResult result = AgentTest.result(run(new Speaker(List.of("Hel", "", "lo"), 0, 0)));

        assertThat(result.text()).isEqualTo("Hello");
        assertThat(heard).containsExactly("work turn/1/model: Hel", "work turn/1/model: lo");
    }

    @Test
    void a_reply_that_broke_off_is_taken_back_before_it_is_heard_again() throws Exception {
        AgentResult result = AgentTest.result(run(new Speaker(List.of("Hel", "lo"), 1, 1)));

        assertThat(result.text()).isEqualTo("Hello");
        assertThat(heard)
                .containsExactly(
                        "work turn/1/model: Hel",
                        "reset turn/1/model: the line went dead",
                        "work turn/1/model: Hel",
                        "work turn/1/model: lo");
    }

    @Test
    void an_attempt_that_failed_before_its_first_word_needs_no_reset() throws Exception {
        run(new Speaker(List.of("Hello"), 2, 0));

        assertThat(heard).containsExactly("work turn/1/model: Hello");
    }

    @Test
    void the_last_attempt_that_breaks_off_is_taken_back_too() throws Exception {
        assertThat(run(new Speaker(List.of("Hel", "lo"), 9, 1))).isInstanceOf(Outcome.Failed.class);

        assertThat(heard).hasSize(6).last().isEqualTo("reset turn/1/model: the line went dead");
    }

    /** It may be there to take something out of the reply. */
    @Test
    void words_are_not_heard_before_an_interceptor_has_seen_the_reply() throws Exception {
        AgentTest.result(run(new Speaker(List.of("Hello"), 0, 0), new Interceptor() {}));

        assertThat(heard).isEmpty();
    }
}
