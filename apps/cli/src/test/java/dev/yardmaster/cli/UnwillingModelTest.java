package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.yardmaster.cli.Calls.Said;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tasks on a model that does not answer at once: what is told of it, and what becomes of the run. */
@Timeout(120)
class UnwillingModelTest {

    /** What the server answers; 200 is a reply. @param pause how long to wait, as it says */
    private record Answer(int status, String pause, String body) {

        static Answer ok() {
            String event = "data: {\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                    + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"All is well.\"},\"finish_reason\":\"stop\"}]}";
            return new Answer(200, "", event + "\n\ndata: [DONE]\n\n");
        }

        static Answer status(int status, String pause) {
            return new Answer(status, pause, "{\"error\":{\"message\":\"not now\"}}");
        }
    }

    @TempDir
    Path temporary;

    private Calls calls;
    private HttpServer server;
    private final ArrayDeque<Answer> answers = new ArrayDeque<>();
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeEach
    void here() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            Answer answer = answers.size() > 1 ? answers.poll() : answers.peek();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", answer.status() == 200 ? "text/event-stream" : "text/json");
            exchange.getResponseHeaders().set("x-request-id", "req_1");
            if (!answer.pause().isEmpty()) {
                exchange.getResponseHeaders().set("Retry-After", answer.pause());
            }
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        calls = new Calls(temporary)
                .with(
                        "OPENAI_BASE_URL",
                        "http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
        calls.file("team/worker.md", "---\nname: worker\ndescription: works\ntools: Read\n---\nWork.\n");
        calls.file("other.yaml", "version: 1\nagents: {worker: [{say: Written beforehand.}]}\n");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Said work(String... more) {
        var arguments = new java.util.ArrayList<>(
                List.of("do", "say how it is", "--agent", "worker", "--agents", "team", "--model", "openai:m"));
        arguments.addAll(List.of(more));
        return calls.call(arguments.toArray(String[]::new));
    }

    @Test
    void a_wait_of_an_hour_parks_the_run_with_an_exit_code_of_its_own() {
        answers.add(Answer.status(429, "3600"));

        Said said = work();

        assertThat(said.exit()).isEqualTo(4);
        assertThat(said.out())
                .contains("asked too often; asked again in ", "◔ waits until ", "○ Parked until ")
                .contains("Next: 'yardmaster resume ");
        assertThat(calls.call("show", "last").out()).contains("Waits until ");
        assertThat(calls.call("show", "last", "--entries").out())
                .contains("noted             work  turn/1/model model.rate-limited, again at");
        assertThat(calls.call("export", "last").out()).contains("\"requestId\":\"req_1\"");

        assertThat(calls.call("resume").exit()).as("too early").isEqualTo(4);
        assertThat(asked).hasValue(1);
    }

    @Test
    void a_parked_run_is_told_to_programs() {
        answers.add(Answer.status(429, "3600"));

        Said said = work("--json");

        assertThat(said.exit()).isEqualTo(4);
        assertThat(said.out())
                .contains("\"event\":\"model.attempt-failed\"", "\"kind\":\"model.rate-limited\"")
                .contains("\"event\":\"model.waiting\"", "\"parked\":true")
                .contains("\"exit\":4,\"outcome\":\"parked\"");
    }

    @Test
    void another_attempt_is_told_when_nobody_watches() {
        answers.add(Answer.status(529, ""));
        answers.add(Answer.ok());

        Said said = work();

        assertThat(said.exit()).isZero();
        assertThat(said.out()).contains("is overloaded; asked again ", "All is well.");
    }

    @Test
    void another_model_answers_and_that_is_told() {
        answers.add(Answer.status(404, ""));

        Said said = work("--fallback-model", "script:other.yaml");

        assertThat(said.exit()).isZero();
        assertThat(said.out().replaceAll("\\s+", " "))
                .contains("when it does not answer: script:other.yaml (--fallback-model)")
                .contains("is not known to the provider; script:other.yaml is asked instead")
                .contains("answered by script:other.yaml", "Written beforehand.");
    }

    @Test
    void an_empty_account_is_a_failure_that_is_not_tried_again() {
        answers.add(new Answer(429, "", "{\"error\":{\"code\":\"insufficient_quota\"}}"));

        Said said = work();

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out().replaceAll("\\s+", " "))
                .contains("the account's money or quota is used up; see to the account, then resume the run");
        assertThat(asked).hasValue(1);
    }

    @Test
    void a_fallback_that_means_nothing_here_is_wrong_usage() {
        answers.add(Answer.ok());

        Said said = work("--fallback-model", "opis");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("'opis'", "(the model was named by --fallback-model)");
    }

    @Test
    void limits_and_fallbacks_of_settings_are_listed_by_the_doctor() throws IOException {
        calls.file("yardmaster.yml", """
                version: 1
                fallbackModels: ["script:other.yaml"]
                modelLimits: {requestsPerMinute: 50, tokensPerMinute: 40000, atOnce: 4}
                """);
        assertThat(calls.call("doctor").out())
                .contains("fallback model script:")
                .contains(
                        "at most 50 requests a minute",
                        "at most 40000 tokens a minute",
                        "at most 4 model calls at once");
    }
}
