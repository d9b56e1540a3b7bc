package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.agent.Bench.Probe;
import dev.yardmaster.context.Compaction;
import dev.yardmaster.context.ContextPolicy;
import dev.yardmaster.context.TokenEstimate;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Usage;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.hook.Hook;
import dev.yardmaster.hook.HookAnswer;
import dev.yardmaster.hook.HookEvent;
import dev.yardmaster.hook.HookHandler;
import dev.yardmaster.hook.Hooks;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelException.Kind;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.replay.Replay;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.RunView;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent whose conversation becomes too long for its model. */
@Timeout(60)
class CompactedAgentTest {

    private static final String SUMMARY = "## What was found\n\nEach probe says that all is well.";

    @TempDir
    Path workspace;

    private final List<ModelRequest> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<ModelRequest> askedToSummarize = Collections.synchronizedList(new ArrayList<>());

    /** Reads a file, probes until it has replied so often, edits the file, and is done. */
    private class Persistent implements Model {

        private final int replies;
        private final long refuses;
        private final Optional<Window> window;

        /** @param refuses requests of more tokens than this, by its own count */
        private Persistent(int replies, long refuses, Optional<Window> window) {
            this.replies = replies;
            this.refuses = refuses;
            this.window = window;
        }

        @Override
        public String name() {
            return "test:persistent";
        }

        @Override
        public Optional<Window> window() {
            return window;
        }

        @Override
        public ModelReply reply(ModelRequest request) {
            long tokens = tokens(request);
            if (tokens > refuses) {
                throw new ModelException(Kind.CONTEXT_TOO_LONG, "model 'test:persistent' was sent more than fits");
            }
            if (request.tools().isEmpty()) {
                askedToSummarize.add(request);
                return new ModelReply(Message.Assistant.of(SUMMARY), new Usage(tokens, 20), ModelReply.Finish.STOP);
            }
            asked.add(request);
            int turn = replied(request) + 1;
            Message.Assistant next = turn == 1
                    ? call(turn, "Read", Map.of("file_path", "a.txt"))
                    : turn < replies
                            ? call(turn, "Probe", Map.of("n", turn))
                            : turn == replies
                                    ? call(
                                            turn,
                                            "Edit",
                                            Map.of("file_path", "a.txt", "old_string", "one", "new_string", "two"))
                                    : Message.Assistant.of("Done.");
            return new ModelReply(
                    next,
                    new Usage(tokens, 10),
                    next.calls().isEmpty() ? ModelReply.Finish.STOP : ModelReply.Finish.TOOL_CALLS);
        }

        private static Message.Assistant call(int turn, String tool, Map<String, ?> arguments) {
            return Message.Assistant.of("On.", new ToolCall("call-" + turn, tool, Json.of(arguments)));
        }
    }

    private static int replied(ModelRequest request) {
        return request.messages().stream()
                .mapToInt(each -> each instanceof Message.Assistant
                        ? 1
                        : each instanceof Message.Summary summary ? summary.replies() : 0)
                .sum();
    }

    private static long tokens(ModelRequest request) {
        return request.messages().stream().mapToLong(TokenEstimate::of).sum()
                + request.tools().stream().mapToLong(TokenEstimate::of).sum();
    }

    @BeforeEach
    void write() throws Exception {
        Files.writeString(workspace.resolve("a.txt"), "one\n");
    }

    private AgentRuntimeBuilder runtime(Model model, long window, int words) {
        return new Bench(workspace)
                .runtime(Bench.WORKER.withTools("Read", "Edit", "Probe"))
                .tools(new Probe(
                        "Probe", Effect.READ_ONLY, call -> new ToolResult.Text("all is well ".repeat(words / 3))))
                .model(model)
                .context(ContextPolicy.defaults().withWindow(window));
    }

    private Outcome run(Model model, long window, int words) throws Exception {
        return new Bench(workspace).run(runtime(model, window, words));
    }

    private static List<Compaction> compactions(RunView run) {
        return run.entries().stream()
                .map(each -> each.entry().fact())
                .filter(fact ->
                        fact instanceof Fact.StepFinished step && step.step().endsWith("/compaction"))
                .map(fact -> ((Fact.StepFinished) fact).output().orElseThrow().as(Compaction.class))
                .toList();
    }

    @Test
    void goes_on_inside_the_window_and_still_knows_its_task_and_what_it_has_read() throws Exception {
        Outcome outcome = run(new Persistent(30, Long.MAX_VALUE, Optional.empty()), 8_000, 450);

        AgentResult result = Bench.result(outcome);
        assertThat(result.text()).isEqualTo("Done.");
        assertThat(workspace.resolve("a.txt"))
                .as("it may edit what it had read before")
                .hasContent("two\n");
        assertThat(asked).hasSize(31).allSatisfy(request -> {
            assertThat(tokens(request)).isLessThan(5_600);
            assertThat(request.messages().get(0)).isInstanceOf(Message.System.class);
            assertThat(request.messages().get(1)).isEqualTo(Message.User.of("do it"));
        });
        assertThat(compactions(outcome.view())).hasSizeBetween(2, 12).allSatisfy(done -> {
            assertThat(done.before()).isGreaterThan(5_600);
            assertThat(done.after()).isLessThan(done.before() * 9 / 10);
            assertThat(done.window()).isEqualTo(8_000);
            assertThat(done.why()).isEqualTo(Compaction.Why.NEARLY_FULL);
        });
        assertThat(compactions(outcome.view()).getFirst().summarized())
                .as("results in short are enough at first")
                .isEmpty();
    }

    @Test
    void has_a_model_write_a_summary_when_shorter_results_are_not_enough_and_counts_its_tokens() throws Exception {
        Outcome outcome = run(new Persistent(45, Long.MAX_VALUE, Optional.empty()), 4_000, 60);

        AgentResult result = Bench.result(outcome);
        assertThat(askedToSummarize)
                .isNotEmpty()
                .allSatisfy(request -> assertThat(tokens(request)).isLessThan(2_800));
        assertThat(asked.getLast().messages())
                .anySatisfy(message -> assertThat(message)
                        .isInstanceOfSatisfying(
                                Message.Summary.class,
                                summary -> assertThat(summary.text()).contains(SUMMARY, "## Files read\n\n- a.txt")));
        long sent = asked.stream().mapToLong(CompactedAgentTest::tokens).sum()
                + askedToSummarize.stream()
                        .mapToLong(CompactedAgentTest::tokens)
                        .sum();
        assertThat(result.usage().inputTokens()).isEqualTo(sent);
        assertThat(outcome.view().usage()).isEqualTo(result.usage());
    }

    @Test
    void a_hook_puts_it_off_for_as_long_as_the_conversation_fits() throws Exception {
        var told = new ArrayList<String>();
        HookHandler noting = input -> {
            JsonNode json = input.json().as(JsonNode.class);
            told.add(input.event().spelling() + " " + json.path("trigger").asText());
            return input.event() == HookEvent.PRE_COMPACT && told.size() < 3
                    ? HookAnswer.deny("not yet")
                    : HookAnswer.none();
        };
        Outcome outcome = new Bench(workspace)
                .run(runtime(new Persistent(30, Long.MAX_VALUE, Optional.empty()), 8_000, 450)
                        .hooks(Hooks.of(
                                Hook.of(HookEvent.PRE_COMPACT, "auto", "test", noting),
                                Hook.of(HookEvent.POST_COMPACT, "test", noting))));

        assertThat(Bench.result(outcome).text()).isEqualTo("Done.");
        assertThat(told).startsWith("PreCompact auto", "PreCompact auto", "PreCompact auto", "PostCompact auto");
        assertThat(compactions(outcome.view()))
                .hasSameSizeAs(told.stream()
                        .filter(each -> each.startsWith("PostCompact"))
                        .toList());
    }

    @Test
    void has_the_transcript_that_its_model_was_told_last() throws Exception {
        Outcome outcome = run(new Persistent(40, Long.MAX_VALUE, Optional.empty()), 4_000, 90);

        Transcript transcript = Transcript.lastOf(outcome.view()).orElseThrow();

        assertThat(transcript.messages().subList(0, transcript.messages().size() - 1))
                .isEqualTo(asked.getLast().messages());
        assertThat(transcript.seen())
                .as("what was seen is no part of what was taken out")
                .hasSize(2);
    }

    @Test
    void makes_its_conversation_shorter_when_the_model_says_that_it_is_too_long_and_asks_again() throws Exception {
        Outcome outcome = run(new Persistent(20, 3_000, Optional.empty()), 200_000, 300);

        AgentResult result = Bench.result(outcome);
        assertThat(result.text()).isEqualTo("Done.");
        List<Compaction> done = compactions(outcome.view());
        assertThat(done).isNotEmpty();
        assertThat(done.getFirst().why()).isEqualTo(Compaction.Why.OVERFLOW);
        assertThat(done)
                .as("once it knows that less fits, it does not run into it again")
                .filteredOn(each -> each.why() == Compaction.Why.OVERFLOW)
                .hasSize(1);
        assertThat(Transcript.lastOf(outcome.view()).orElseThrow().messages())
                .noneMatch(message -> message instanceof Message.Assistant reply
                        && reply.text().contains("more than fits"));
    }

    @Test
    void fails_and_says_what_to_do_when_it_is_too_long_all_the_same() throws Exception {
        Outcome outcome = run(new Persistent(20, 700, Optional.empty()), 200_000, 300);

        assertThat(outcome.view().failures()).singleElement().satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo("model.context-too-long");
            assertThat(failure.message())
                    .startsWith("agent 'worker' cannot go on: its conversation, which takes about ")
                    .contains("does not fit model 'test:persistent'; use a model with a larger window");
        });
    }

    @Test
    void finds_out_when_a_server_leaves_out_a_part_without_saying_so() throws Exception {
        var window = new Model.Window(4_000, true, "its server");
        var cutting = new Persistent(30, Long.MAX_VALUE, Optional.of(window)) {
            @Override
            public ModelReply reply(ModelRequest request) {
                ModelReply reply = super.reply(request);
                long read = Math.min(reply.usage().inputTokens() * 13 / 10, 2_000); // whatever it was asked for
                return new ModelReply(reply.message(), new Usage(read, 10), reply.finish());
            }
        };

        Outcome outcome = new Bench(workspace).run(runtime(cutting, 4_000, 90).context(ContextPolicy.defaults()));

        assertThat(Bench.result(outcome).text()).isEqualTo("Done.");
        assertThat(compactions(outcome.view()))
                .anySatisfy(each -> assertThat(each.why()).isEqualTo(Compaction.Why.OVERFLOW));
    }

    @Test
    void comes_to_the_same_wherever_it_died() throws Exception {
        var model = new Persistent(25, 2_000, Optional.empty());
        var whole = new ResumedAgentTest.Record();
        worker(model).run(State.of(Bench.TASK, "do it"), whole.context());
        List<Message> expected = asked.getLast().messages();
        assertThat(whole.outputs.keySet())
                .anyMatch(step -> step.endsWith("/compaction"))
                .anyMatch(step -> step.endsWith("/summary"));

        for (int died = 0; died < whole.outputs.size(); died++) {
            write();
            var record = new ResumedAgentTest.Record();
            record.diesAt = died;
            try {
                worker(model).run(State.of(Bench.TASK, "do it"), record.context());
            } catch (ResumedAgentTest.Died | ExecutionException e) {
                record.diesAt = Integer.MAX_VALUE;
            }
            assertThat(record.diesAt).isEqualTo(Integer.MAX_VALUE);
            worker(model).run(State.of(Bench.TASK, "do it"), record.context());

            assertThat(record.ran).as("when it died after %s", died).doesNotHaveDuplicates();
            assertThat(record.outputs.keySet()).containsExactlyElementsOf(whole.outputs.keySet());
            assertThat(asked.getLast().messages())
                    .as("when it died after %s", died)
                    .isEqualTo(expected);
        }
    }

    @Test
    void is_replayed_to_the_same() throws Exception {
        var model = new Persistent(25, 2_000, Optional.empty());
        Outcome outcome = run(model, 4_000, 60);
        assertThat(compactions(outcome.view())).isNotEmpty();
        int before = asked.size();
        var silent = runtime(Model.silent(), 100_000, 60).build();

        var replayed = Replay.of(outcome.view())
                .through(Graph.builder("test")
                        .channels(Bench.TASK, Bench.RESULT)
                        .node("work", silent.agent("worker").reads(Bench.TASK).writes(Bench.RESULT))
                        .start("work")
                        .build());

        assertThat(replayed.difference()).isEmpty();
        assertThat(asked).as("no model was asked").hasSize(before);
    }

    private AgentNode worker(Model model) {
        AgentDefinition worker = Bench.WORKER.withTools("Read", "Edit", "Probe");
        return runtime(model, 4_000, 60).build().agent(worker).reads(Bench.TASK).writes(Bench.RESULT);
    }
}
