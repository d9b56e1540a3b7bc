package dev.yardmaster.agent;

import static dev.yardmaster.agent.Bench.WORKER;
import static dev.yardmaster.agent.Bench.result;
import static dev.yardmaster.agent.Bench.script;
import static dev.yardmaster.agent.Bench.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.agent.Bench.Body;
import dev.yardmaster.agent.Bench.Probe;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Usage;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.permission.Decision;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.RunView;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.tool.process.Sleepers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ToolCallsTest {

    static final String THREE = "- call: [{Probe: {n: 1}}, {Probe: {n: 2}}, {Probe: {n: 3}}]\n- say: done";
    static final RetryPolicy QUICK = new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1));

    @TempDir
    Path workspace;

    Bench bench;

    @BeforeEach
    void bench() {
        bench = new Bench(workspace);
    }

    static int n(ToolCall call) {
        return (Integer) call.arguments().as(Map.class).get("n");
    }

    Outcome run(Effect effect, String script, Body body) throws Exception {
        return bench.run(
                bench.runtime(WORKER).tools(new Probe("Probe", effect, body)).model(script(script)));
    }

    @Nested
    class Of_one_reply {
        @Test
        void those_that_only_read_run_at_once_and_are_told_in_the_order_of_the_calls() throws Exception {
            var allRun = new CountDownLatch(3);
            var second = new CountDownLatch(1);
            var finished = Collections.synchronizedList(new ArrayList<Integer>());
            var outcome = run(Effect.READ_ONLY, THREE, call -> {
                allRun.countDown();
                assertThat(allRun.await(30, TimeUnit.SECONDS)).isTrue(); // only when all three run at once
                if (n(call) == 1) {
                    assertThat(second.await(30, TimeUnit.SECONDS)).isTrue();
                }
                finished.add(n(call));
                second.countDown();
                return new ToolResult.Text("result " + n(call));
            });
            assertThat(finished.getFirst()).isNotEqualTo(1);
            assertThat(told(outcome)).containsExactly("result 1", "result 2", "result 3");
        }

        @Test
        void the_others_run_one_after_another() throws Exception {
            var running = new AtomicInteger();
            var finished = Collections.synchronizedList(new ArrayList<Integer>());
            run(Effect.ONCE, THREE, call -> {
                assertThat(running.incrementAndGet()).isEqualTo(1);
                Thread.yield();
                finished.add(n(call));
                running.decrementAndGet();
                return new ToolResult.Text("ok");
            });
            assertThat(finished).containsExactly(1, 2, 3);
        }

        @Test
        void a_command_in_the_background_goes_on_over_turns_and_ends_with_the_agents_work() throws Exception {
            var outcome = bench.run(
                    bench.runtime(WORKER).policy(Policy.of(Mode.BYPASS)).model(script(Sleepers.ours("""
                            - call: {Bash: {command: "until test -e asked; do sleep 0.02; done; echo > answered; exec sleep 1000.91", run_in_background: true}}
                            - call: {Bash: {command: "echo > asked; until test -e answered; do sleep 0.02; done; echo lives"}}
                            - call: {TodoWrite: {todos: [{content: Look, status: pending, activeForm: Looking}]}}
                            - call: {TodoWrite: {todos: [{content: Look, status: completed, activeForm: Looking}]}}
                            - say: done
                            """))));
            assertThat(told(outcome)).element(1).isEqualTo("lives");
            assertThat(told(outcome)).element(3).asString().endsWith("[x] Look (was pending)");
            assertThat(Sleepers.live("1000.91")).isFalse();
        }

        @Test
        void a_read_behind_a_write_sees_it() throws Exception {
            var outcome = bench.run(bench.runtime(WORKER).model(script("""
                    - call: [{Glob: {pattern: "*"}}, {Write: {file_path: new.txt, content: x}}, {Glob: {pattern: "*"}}]
                    - say: done
                    """)));
            assertThat(told(outcome).get(0)).doesNotContain("new.txt");
            assertThat(told(outcome).get(2)).contains("new.txt");
        }

        @Test
        void two_pieces_of_a_file_that_are_read_at_once_add_up() throws Exception {
            Files.writeString(workspace.resolve("a.txt"), "l1\nl2\nl3\nl4\n");
            var outcome = bench.run(bench.runtime(WORKER).model(script("""
                    - call: [{Read: {file_path: a.txt, limit: 2}}, {Read: {file_path: a.txt, offset: 3}}]
                    - call: {Write: {file_path: a.txt, content: all new}}
                    - say: done
                    """)));
            assertThat(told(outcome).get(2)).startsWith("Replaced a.txt");
        }
    }

    @Nested
    class Every_call {
        @Test
        void has_a_recorded_decision_also_when_it_is_none() throws Exception {
            var view = bench.run(bench.runtime(WORKER).model(script("""
                            - call: [{Nope: {}}, {Read: {path: a}}]
                            - say: done
                            """))).view();
            assertThat(decisions(view)).extracting(Decision::behavior).containsOnly(Decision.Behavior.DENY);
            assertThat(decisions(view)).extracting(Decision::rule).containsOnly("not a call");
            assertThat(decisions(view)).hasSize(2);
        }

        private List<Decision> decisions(RunView view) {
            return view.facts(Fact.StepFinished.class).stream()
                    .filter(step -> step.step().endsWith("/decision"))
                    .map(step -> step.output().orElseThrow().as(Decision.class))
                    .toList();
        }

        @Test
        void whose_arguments_are_no_object_is_told_to_the_model() throws Exception {
            var outcome = bench.run(bench.runtime(WORKER).model((Named)
                    request -> request.messages().size() > 2
                            ? reply("ok", ModelReply.Finish.STOP)
                            : reply(
                                    "",
                                    ModelReply.Finish.TOOL_CALLS,
                                    new ToolCall("1", "Read", Json.of("{\"file_path\": \"a")))));
            assertThat(told(outcome))
                    .singleElement()
                    .asString()
                    .startsWith("Rejected: ")
                    .contains("JSON object");
            assertThat(result(outcome).text()).isEqualTo("ok");
        }

        @Test
        void that_a_file_disallows_is_no_tool_of_the_agent() throws Exception {
            var outcome =
                    bench.run(bench.runtime(Bench.with(WORKER.withTools("Read", "Glob"), OptionalInt.empty(), "Glob"))
                            .model(script("- call: {Glob: {pattern: \"*\"}}\n- say: done")));
            assertThat(told(outcome)).singleElement().asString().contains("no tool 'Glob'", "It has: Read");
        }

        @Test
        void is_repeated_freely_while_its_result_changes() throws Exception {
            var asked = new AtomicInteger();
            String polling = "- call: {Probe: {n: 1}}\n".repeat(8) + "- say: done";
            var outcome =
                    run(Effect.READ_ONLY, polling, call -> new ToolResult.Text(asked.incrementAndGet() + " % done"));
            assertThat(result(outcome).toolCalls()).isEqualTo(8);
            assertThat(asked).hasValue(8);
        }
    }

    @Nested
    class A_tool_that_fails {
        int attempts(Effect effect, Exception failure) throws Exception {
            var attempts = new AtomicInteger();
            var meters = new SimpleMeterRegistry();
            Body body = call -> {
                attempts.incrementAndGet();
                throw failure;
            };
            var outcome = bench.run(bench.runtime(WORKER)
                    .retries(QUICK)
                    .meters(meters)
                    .tools(new Probe("Probe", effect, body))
                    .model(script("- call: {Probe: {n: 1}}\n- say: done")));
            assertThat(told(outcome)).containsExactly("Failed: " + failure.getMessage());
            assertThat(meters.get("yardmaster.tool")
                            .tag("gen_ai.tool.name", "Probe")
                            .tag("error.type", failure.getClass().getSimpleName())
                            .timer()
                            .count())
                    .isEqualTo(1);
            return attempts.get();
        }

        @Test
        void is_tried_again_only_when_repeating_is_harmless_and_may_help() throws Exception {
            assertThat(attempts(Effect.READ_ONLY, new IOException("flaky"))).isEqualTo(3);
            assertThat(attempts(Effect.IDEMPOTENT, new IOException("flaky"))).isEqualTo(3);
            assertThat(attempts(Effect.PROBED, new IOException("flaky"))).isEqualTo(1);
            assertThat(attempts(Effect.ONCE, new IOException("flaky"))).isEqualTo(1);
            assertThat(attempts(Effect.READ_ONLY, new IllegalStateException("a bug")))
                    .isEqualTo(1);
        }
    }

    @Nested
    class The_wait_before_another_attempt {
        @Test
        void is_at_least_what_the_provider_asked_for() {
            var limited = new ModelException(ModelException.Kind.RATE_LIMITED, "slow down", Duration.ofSeconds(20));
            for (int attempt = 1; attempt < 9; attempt++) {
                assertThat(GuardedCalls.wait(RetryPolicy.defaults(), attempt, limited))
                        .isBetween(20_000L, 60_000L);
            }
        }

        @Test
        void grows_to_the_cap_and_is_spread() {
            for (int attempt = 1; attempt < 70; attempt++) {
                long most = Math.min(60_000, 1_000L << Math.min(attempt - 1, 20));
                assertThat(GuardedCalls.wait(RetryPolicy.defaults(), attempt, null))
                        .isBetween(0L, most);
            }
        }
    }

    /** A model in a lambda. */
    interface Named extends Model {
        @Override
        default String name() {
            return "test";
        }

        @Override
        ModelReply reply(ModelRequest request);
    }

    static ModelReply reply(String text, ModelReply.Finish finish, ToolCall... calls) {
        return new ModelReply(Message.Assistant.of(text, calls), Usage.none(), finish);
    }

    @Nested
    class A_reply_that_was_cut_off {
        @Test
        void is_not_acted_on_and_the_agent_goes_on_in_smaller_pieces() throws Exception {
            var call = new ToolCall("1", "Write", Json.of(Map.of("file_path", "half.txt", "content", "ha")));
            var outcome = bench.run(bench.runtime(WORKER)
                    .model((Named) request -> request.messages().size() > 2
                            ? reply("done", ModelReply.Finish.STOP)
                            : reply("half", ModelReply.Finish.LENGTH, call)));
            assertThat(result(outcome).text()).isEqualTo("done");
            assertThat(workspace.resolve("half.txt")).doesNotExist();
            assertThat(told(outcome)).containsExactly("Rejected: the reply was cut off at its limit of output tokens");
            assertThat(Transcript.lastOf(outcome.view()).orElseThrow().messages())
                    .filteredOn(Message.User.class::isInstance)
                    .last()
                    .satisfies(last -> assertThat(((Message.User) last).text()).contains("in smaller pieces"));
        }

        @Test
        void again_and_again_stops_the_agent() throws Exception {
            var view = bench.run(
                            bench.runtime(WORKER).model((Named) request -> reply("half", ModelReply.Finish.LENGTH)))
                    .view();
            assertThat(view.failures().getFirst().message()).contains("3 replies in a row", "limit of output tokens");
        }

        @Test
        void by_a_content_filter_ends_the_work() throws Exception {
            var view = bench.run(
                            bench.runtime(WORKER).model((Named) request -> reply("", ModelReply.Finish.CONTENT_FILTER)))
                    .view();
            assertThat(view.failures().getFirst().kind()).isEqualTo("model.content-filtered");
        }
    }

    @Nested
    class Turns_that_run_out {
        @Test
        void under_the_checklist_leave_the_result_with_open_items() throws Exception {
            var outcome = bench.run(bench.runtime(Bench.with(WORKER.withChecklist("Tested"), OptionalInt.of(1)))
                    .model(script("- say: I am done.\n- say: never asked")));
            assertThat(result(outcome).text()).isEqualTo("I am done.");
            assertThat(result(outcome).isDone()).isFalse();
            assertThat(result(outcome).turns()).isEqualTo(1);
        }

        @Test
        void before_it_is_done_end_the_work_naming_the_limit() throws Exception {
            var view = bench.run(bench.runtime(Bench.with(WORKER, OptionalInt.of(2)))
                            .model(script("- call: {Glob: {pattern: a}}\n- call: {Glob: {pattern: b}}\n- say: done")))
                    .view();
            assertThat(view.failures().getFirst().message()).contains("stopped after 2 turns", "raise maxTurns");
        }
    }
}
