package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Question;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.FunctionTool;
import dev.yardmaster.tool.Liaison;
import dev.yardmaster.tool.ReadFiles;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Time passes when the test says so, and then it is looked. */
@Timeout(120)
class StallGuardTest {

    record Nothing() {}

    @TempDir
    Path folder;

    private long now;

    private final StallGuard guard = new StallGuard(Duration.ofMinutes(5), sweep -> {}, () -> now);

    private void passes(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
        guard.look();
    }

    private static Tool tool(FunctionTool.Body<Nothing> body) {
        return FunctionTool.of("Own", "Does something", Nothing.class, body).withEffect(Effect.ONCE);
    }

    private ToolResult run(Tool tool) throws Exception {
        return guard.run(
                tool,
                new ToolCall("1", tool.name(), Json.parse("{}")),
                new ToolContext(Workspace.of(folder), new ReadFiles(), line -> {}));
    }

    @Test
    void a_call_that_says_nothing_is_stopped_and_the_thread_goes_on() throws Exception {
        var result = run(tool(nothing -> {
            passes(300);
            new CountDownLatch(1).await();
            return "never";
        }));
        assertThat(result)
                .isEqualTo(new ToolResult.Failed(
                        "Own gave no sign of life for 5 min and was stopped; what it had begun may have happened"));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void what_came_just_in_time_counts() throws Exception {
        assertThat(run(tool(nothing -> {
                    passes(300);
                    return "in time";
                })))
                .isEqualTo(new ToolResult.Text("in time"));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void a_line_of_progress_is_a_sign_of_life() throws Exception {
        Tool lively = own(context -> {
            passes(200);
            context.progress().accept("still here");
            passes(200);
            return "done";
        });
        assertThat(run(lively)).isEqualTo(new ToolResult.Text("done"));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private interface Running {
        String with(ToolContext context) throws Exception;
    }

    private static Tool own(Running running) {
        return new Tool() {
            @Override
            public String name() {
                return "Own";
            }

            @Override
            public String description() {
                return "Does something";
            }

            @Override
            public Json parameters() {
                return Json.parse("{\"type\":\"object\"}");
            }

            @Override
            public Effect effect(ToolCall call) {
                return Effect.ONCE;
            }

            @Override
            public List<Access> accesses(ToolCall call, Workspace workspace) {
                return List.of(new Access.Unknown());
            }

            @Override
            public ToolResult run(ToolCall call, ToolContext context) throws Exception {
                String said = running.with(context);
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                return new ToolResult.Text(said);
            }
        };
    }

    @Test
    void waiting_for_a_person_is_no_stalling() throws Exception {
        Liaison patient = new Liaison() {
            @Override
            public ToolResult handOff(String agent, String task, String model) {
                throw new UnsupportedOperationException("nobody is asked");
            }

            @Override
            public Answer ask(Question question) {
                passes(3_600);
                return new Answer("q", "yes", "", "me");
            }
        };
        var context = new ToolContext(Workspace.of(folder), new ReadFiles(), line -> {}).with(line -> {}, patient);
        Tool asks = own(running -> {
            String said = running.liaison().ask(Question.of("Go on?", "yes")).choice();
            passes(299);
            return said;
        });
        assertThat(guard.run(asks, new ToolCall("1", "Asks", Json.parse("{}")), context))
                .isEqualTo(new ToolResult.Text("yes"));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void waiting_for_a_colleague_who_works_apart_is_no_stalling() throws Exception {
        Liaison patient = new Liaison() {
            @Override
            public ToolResult handOff(String agent, String task, String model) {
                throw new UnsupportedOperationException("not here");
            }

            @Override
            public ToolResult handOffApart(String agent, String task, String model) {
                passes(3_600);
                return new ToolResult.Text(agent + " did it apart");
            }

            @Override
            public Answer ask(Question question) {
                throw new UnsupportedOperationException("nobody is asked");
            }
        };
        var context = new ToolContext(Workspace.of(folder), new ReadFiles(), line -> {}).with(line -> {}, patient);
        Tool hands = own(running -> ((ToolResult.Text) running.liaison().handOffApart("coder", "Code", "")).text());
        assertThat(guard.run(hands, new ToolCall("1", "Hands", Json.parse("{}")), context))
                .isEqualTo(new ToolResult.Text("coder did it apart"));
    }

    @Test
    void what_fails_by_itself_fails_as_ever() {
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> run(tool(nothing -> {
                    throw new InterruptedException("cancelled");
                })));
    }

    @Test
    void a_stalled_call_of_a_real_run_is_told_to_the_model() throws Exception {
        var real = new StallGuard(Duration.ofMillis(20));
        var result = real.run(
                tool(nothing -> {
                    new CountDownLatch(1).await();
                    return "never";
                }),
                new ToolCall("1", "Own", Json.parse("{}")),
                new ToolContext(Workspace.of(folder), new ReadFiles(), line -> {}));
        assertThat(result).isInstanceOf(ToolResult.Failed.class);
    }

    @Test
    void what_ended_is_not_stopped_afterwards() throws Exception {
        run(tool(nothing -> "done"));
        passes(300);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
