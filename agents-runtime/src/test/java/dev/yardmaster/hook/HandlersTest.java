package dev.yardmaster.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.yardmaster.event.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What handlers other than a command that is waited for do when they are asked. */
@Timeout(60)
class HandlersTest {

    @TempDir
    Path folder;

    private HookInput input(HookJudge judge) {
        Json event = Json.parse("{\"tool_name\":\"Bash\",\"tool_input\":{\"command\":\"rm x\"}}");
        return new HookInput(HookEvent.PRE_TOOL_USE, event, folder, Map.of(), judge);
    }

    private static HookReader.Read read(String handler, Optional<Path> project) {
        String all = "{\"PreToolUse\": [{\"matcher\": \"Bash\", \"hooks\": [" + handler + "]}]}";
        return HookReader.read(Json.parse(all).as(Object.class), "settings.json", project);
    }

    private static Hooks hooks(String handler) {
        HookReader.Read read = read(handler, Optional.empty());
        assertThat(read.problems()).isEmpty();
        assertThat(read.passed()).isEmpty();
        return read.hooks();
    }

    @Nested
    class A_server {

        private final List<String> got = Collections.synchronizedList(new ArrayList<>());

        private HttpServer answering(int status, String body) throws IOException {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                got.add(exchange.getRequestMethod() + " "
                        + exchange.getRequestHeaders().getFirst("Authorization") + " "
                        + exchange.getRequestHeaders().getFirst("Content-Type"));
                got.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.start();
            return server;
        }

        private String handler(HttpServer server) {
            return "{\"type\": \"http\", \"url\": \"http://127.0.0.1:"
                    + server.getAddress().getPort()
                    + "/hooks\", \"timeout\": 10, \"headers\": {\"Authorization\": \"Bearer $PATH ${HOME}\"}, \"allowedEnvVars\": [\"HOME\"]}";
        }

        @Test
        void gets_the_event_with_the_headers_of_the_settings_and_answers_as_commands_do() throws Exception {
            HttpServer server = answering(
                    200,
                    "{\"hookSpecificOutput\": {\"hookEventName\": \"PreToolUse\", \"permissionDecision\": \"deny\","
                            + " \"permissionDecisionReason\": \"not today\"}}");
            try {
                HookVerdict verdict = hooks(handler(server)).ask(input(HookJudge.none()));
                assertThat(verdict.denies()).isTrue();
                assertThat(verdict.reason()).isEqualTo("not today");
                assertThat(got.getFirst())
                        .as("PATH is not among the variables that may be sent")
                        .startsWith("POST Bearer  "
                                + Optional.ofNullable(System.getenv("HOME")).orElse("") + " application/json");
                assertThat(Json.parse(got.getLast()))
                        .isEqualTo(input(HookJudge.none()).json());
            } finally {
                server.stop(0);
            }
        }

        @Test
        void that_answers_nothing_has_no_opinion_and_one_that_fails_holds_nothing_back() throws Exception {
            HttpServer silent = answering(204, "");
            HttpServer broken = answering(500, "");
            try {
                assertThat(hooks(handler(silent)).ask(input(HookJudge.none()))).isEqualTo(HookVerdict.none());
                assertThat(hooks(handler(broken)).ask(input(HookJudge.none())).ran())
                        .singleElement()
                        .satisfies(ran ->
                                assertThat(ran.told()).startsWith("failed: ").endsWith("answers 500"));
            } finally {
                silent.stop(0);
                broken.stop(0);
            }
            assertThat(hooks(handler(silent)).ask(input(HookJudge.none())).ran())
                    .singleElement()
                    .satisfies(ran -> assertThat(ran.told()).startsWith("failed: "));
        }

        @Test
        void of_this_machine_is_for_a_persons_own_settings_alone() throws Exception {
            HttpServer server = answering(204, "");
            try {
                for (HookReader.Read read : List.of(
                        read(handler(server), Optional.of(folder)),
                        HookReader.ofFile(
                                Json.parse("{\"PreToolUse\": [{\"hooks\": [" + handler(server) + "]}]}")
                                        .as(Object.class),
                                "agent.md"))) {
                    assertThat(read.hooks().ask(input(HookJudge.none())).ran())
                            .singleElement()
                            .satisfies(ran ->
                                    assertThat(ran.told()).contains("failed: ").contains("not on the public web"));
                }
                assertThat(got).isEmpty();
            } finally {
                server.stop(0);
            }
        }

        @Test
        void is_shown_with_what_it_is_sent() {
            assertThat(hooks("{\"type\": \"http\", \"url\": \"https://h.example/x\", \"allowedEnvVars\": [\"TOKEN\"]}")
                            .all())
                    .singleElement()
                    .hasToString("PreToolUse[Bash] POST https://h.example/x with TOKEN");
        }
    }

    @Nested
    class A_question {

        private final List<String> questions = new ArrayList<>();

        private HookJudge saying(boolean ok, String reason) {
            return (question, model) -> {
                questions.add(model + "|" + question);
                return new HookJudge.Judgement(ok, Optional.of(reason));
            };
        }

        @Test
        void is_put_with_the_event_in_its_place() throws Exception {
            Hooks hooks = hooks("{\"type\": \"prompt\", \"prompt\": \"Is $ARGUMENTS safe?\", \"model\": \"haiku\"}");
            HookVerdict verdict = hooks.ask(input(saying(false, "it removes x")));
            assertThat(questions)
                    .containsExactly(
                            "haiku|Is " + input(HookJudge.none()).json().text() + " safe?");
            assertThat(verdict.denies()).isTrue();
            assertThat(verdict.reason()).isEqualTo("it removes x");
        }

        @Test
        void of_the_type_agent_is_put_to_one_that_looks_and_has_twice_the_time() throws Exception {
            var looked = new ArrayList<String>();
            HookJudge judge = new HookJudge() {
                @Override
                public Judgement judge(String question, String model) {
                    throw new AssertionError("it was to be looked at");
                }

                @Override
                public Judgement verify(String question, String model) {
                    looked.add(model + "|" + question);
                    return new Judgement(false, Optional.empty());
                }
            };
            Hooks hooks = hooks("{\"type\": \"agent\", \"prompt\": \"Do the tests pass?\", \"model\": \"haiku\"}");
            HookVerdict verdict = hooks.ask(input(judge));
            assertThat(looked)
                    .singleElement()
                    .satisfies(question -> assertThat(question).startsWith("haiku|Do the tests pass?\n\n{"));
            assertThat(verdict.reason()).isEqualTo("an agent that a hook asked said no");
            assertThat(hooks.all()).singleElement().satisfies(hook -> {
                assertThat(hook).hasToString("PreToolUse[Bash] has an agent look haiku: Do the tests pass?");
                assertThat(hook.handler())
                        .isEqualTo(new PromptHandler("Do the tests pass?", "haiku", Duration.ofSeconds(60), true));
            });
        }

        @Test
        void whose_answer_is_yes_allows_nothing_that_would_not_be_allowed_anyway() throws Exception {
            assertThat(hooks("{\"type\": \"prompt\", \"prompt\": \"Safe?\"}").ask(input(saying(true, ""))))
                    .isEqualTo(HookVerdict.none());
        }

        @Test
        void that_is_not_answered_in_time_or_cannot_be_has_failed() throws Exception {
            var never = new CountDownLatch(1);
            HookJudge silent = (question, model) -> {
                never.await();
                throw new AssertionError();
            };
            Hooks hooks = hooks("{\"type\": \"prompt\", \"prompt\": \"Safe?\", \"timeout\": 0.1}");
            assertThat(hooks.ask(input(silent)).ran())
                    .singleElement()
                    .satisfies(ran -> assertThat(ran.told()).contains("did not answer within 100 ms"));
            assertThat(hooks.ask(input(HookJudge.none())).ran())
                    .singleElement()
                    .satisfies(ran -> assertThat(ran.told()).contains("failed: no model is there"));
            assertThat(hooks.failClosed().ask(input(HookJudge.none())).denies()).isTrue();
        }

        @Test
        void is_not_put_about_a_part_of_the_event() throws Exception {
            var large = new HookInput(
                    HookEvent.PRE_TOOL_USE,
                    Json.of(Map.of("content", "x".repeat(60_000))),
                    folder,
                    Map.of(),
                    saying(true, ""));
            assertThat(hooks("{\"type\": \"prompt\", \"prompt\": \"Safe?\"}")
                            .ask(large)
                            .ran())
                    .singleElement()
                    .satisfies(ran -> assertThat(ran.told()).contains("failed: what it is to judge has"));
            assertThat(questions).isEmpty();
        }
    }

    @Nested
    class One_that_nobody_waits_for {

        private Hook running(HookHandler handler) {
            return new Hook(HookEvent.PRE_TOOL_USE, HookMatcher.of("*"), Optional.empty(), handler, false, "test");
        }

        @Test
        void runs_on_after_the_question_was_answered() throws Exception {
            var go = new CountDownLatch(1);
            var done = new CountDownLatch(1);
            try (var errands = new HookErrands()) {
                Hooks hooks = Hooks.of(running(input -> {
                    go.await();
                    done.countDown();
                    return HookAnswer.deny("nobody hears this");
                }));
                assertThat(hooks.ask(input(HookJudge.none()), errands)).isEqualTo(HookVerdict.none());
                assertThat(done.getCount()).isEqualTo(1);
                go.countDown();
                done.await();
            }
        }

        @Test
        void is_gone_when_the_work_is_over() throws Exception {
            Hooks hooks = hooks("{\"type\": \"command\", \"async\": true,"
                    + " \"command\": \"touch begun; (sleep 300; touch late) & sleep 300\"}");
            var errands = new HookErrands(Duration.ofSeconds(1));
            hooks.ask(input(HookJudge.none()), errands);
            while (!Files.exists(folder.resolve("begun"))) {
                Thread.yield();
            }
            errands.close(); // within the test's time, and not that of its sleeps
            assertThat(folder.resolve("late")).doesNotExist();
        }

        @Test
        void is_not_started_when_there_are_too_many() throws Exception {
            var go = new CountDownLatch(1);
            try (var errands = new HookErrands()) {
                for (int i = 0; i < 16; i++) {
                    errands.start(running(input -> waited(go)), input(HookJudge.none()));
                }
                HookVerdict verdict = Hooks.of(running(input -> waited(go))).ask(input(HookJudge.none()), errands);
                assertThat(verdict.ran())
                        .singleElement()
                        .satisfies(ran -> assertThat(ran.told()).contains("failed: it was not started"));
                go.countDown();
            }
        }

        private HookAnswer waited(CountDownLatch go) throws InterruptedException {
            go.await();
            return HookAnswer.none();
        }
    }

    @Nested
    class Variables {

        private Map<String, String> read(String lines) throws Exception {
            Path file = Files.writeString(folder.resolve("env.sh"), lines);
            return new VariableFile(file).read(folder);
        }

        @Test
        void are_what_a_shell_makes_of_the_file() throws Exception {
            assertThat(read("""
                    export NODE_ENV=test
                    PLAIN="two
                    lines"
                    PATH="/opt/node/bin:$PATH"
                    cd /
                    greet() { echo hello; }
                    """))
                    .containsEntry("NODE_ENV", "test")
                    .containsEntry("PLAIN", "two\nlines")
                    .hasEntrySatisfying("PATH", path -> assertThat(path).startsWith("/opt/node/bin:"))
                    .hasSize(3);
            assertThat(read("")).isEmpty();
        }

        @Test
        void of_a_file_that_a_shell_does_not_come_to_the_end_of_are_none() {
            assertThatThrownBy(() -> read("export A=1\nexit 3\n"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("does not come to its end");
        }
    }
}
