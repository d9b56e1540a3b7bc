package dev.yardmaster.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.yardmaster.event.Json;
import dev.yardmaster.event.Usage;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelException.Kind;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.model.Part;
import dev.yardmaster.model.ToolSchema;
import dev.yardmaster.models.Wire.Call;
import dev.yardmaster.models.Wire.Finish;
import dev.yardmaster.tool.ToolCall;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every provider does the same, each in its own wire format. */
@ParameterizedClass(name = "{0}")
@EnumSource(Wire.class)
class ProviderTest {

    private static final ModelRequest HELLO = new ModelRequest("a", List.of(Message.User.of("hello")), List.of());
    private static final ToolSchema READ = new ToolSchema(
            "Read",
            "reads a file",
            Json.parse(
                    "{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"}},\"required\":[\"path\"]}"));
    private static final Call READ_A = new Call("call_a", "Read", "{\"path\":\"a.txt\"}");
    private static final Call READ_B = new Call("call_b", "Read", "{\"path\":\"b.txt\"}");

    @Parameter
    Wire wire;

    private ModelReply reply(WireServer.Answer answer) {
        try (var server = new WireServer(answer)) {
            return wire.model(server).reply(HELLO);
        }
    }

    private String whole(String text, Finish finish, Call... calls) {
        return wire.reply(text, wire.finish(finish), calls);
    }

    private WireServer.Request sent(ModelRequest request) {
        try (var server = new WireServer(WireServer.json(whole("ok", Finish.STOP)))) {
            wire.model(server).reply(request);
            return server.request();
        }
    }

    private ModelException fault(WireServer.Answer answer) {
        return catchThrowableOfType(ModelException.class, () -> reply(answer));
    }

    @Nested
    class A_reply {

        @Test
        void has_text_usage_and_a_reason() {
            ModelReply reply = reply(WireServer.json(whole("Hello, Zoë \"there\"\n", Finish.STOP)));

            assertThat(reply.message().text()).isEqualTo("Hello, Zoë \"there\"\n");
            assertThat(reply.usage()).isEqualTo(new Usage(12, 7));
            assertThat(reply.finish()).isEqualTo(ModelReply.Finish.STOP);
            assertThat(reply.message().calls()).isEmpty();
        }

        @Test
        void has_tool_calls_in_order_each_with_an_id_of_its_own() {
            ModelReply reply = reply(WireServer.json(whole("Let me look.", Finish.CALLS, READ_A, READ_B)));

            assertThat(reply.finish()).isEqualTo(ModelReply.Finish.TOOL_CALLS);
            assertThat(reply.message().text()).isEqualTo("Let me look.");
            assertThat(reply.message().calls())
                    .extracting(call -> call.name() + call.arguments().text())
                    .containsExactly("Read{\"path\":\"a.txt\"}", "Read{\"path\":\"b.txt\"}");
            assertThat(reply.message().calls()).extracting(ToolCall::id).doesNotHaveDuplicates();
        }

        @Test
        void that_was_cut_at_its_limit_has_no_calls() {
            ModelReply reply = reply(WireServer.json(whole("half", Finish.LENGTH, READ_A)));

            // Ollama and Gemini say nothing of a limit when calls are there; those calls are whole
            if (wire == Wire.ANTHROPIC || wire == Wire.OPENAI) {
                assertThat(reply.finish()).isEqualTo(ModelReply.Finish.LENGTH);
                assertThat(reply.message().calls()).isEmpty();
            }
        }
    }

    @Nested
    class A_request {

        @Test
        void holds_the_system_prompt_the_tools_and_the_key_where_the_provider_looks_for_them() {
            WireServer.Request request = sent(new ModelRequest(
                    "a", List.of(new Message.System("You are brief."), Message.User.of("hello")), List.of(READ)));
            Wire.Sent sent = wire.sent(request.json());

            assertThat(sent.system()).isEqualTo("You are brief.");
            assertThat(sent.tool()).isEqualTo("Read");
            assertThat(sent.pathType()).isEqualTo("string");
            assertThat(request.line()).startsWith("POST /").doesNotContain(Wire.KEY);
            if (!wire.keyHeader().isEmpty()) {
                assertThat(request.headers().get(wire.keyHeader())).endsWith(Wire.KEY);
            }
        }

        @Test
        void holds_the_results_of_parallel_calls_and_which_of_them_failed() {
            var request = new ModelRequest(
                    "a",
                    List.of(
                            Message.User.of("read both"),
                            Message.Assistant.of(
                                    "",
                                    new ToolCall("call_a", "Read", Json.parse(READ_A.arguments())),
                                    new ToolCall("call_b", "Read", Json.parse(READ_B.arguments()))),
                            new Message.ToolOutput("call_a", "Read", "alpha", false),
                            new Message.ToolOutput("call_b", "Read", "no such file", true)),
                    List.of(READ));

            List<String> results = wire.sent(sent(request).json()).results();

            assertThat(results).hasSize(2);
            assertThat(results.get(0)).contains("alpha");
            assertThat(results.get(1)).contains("no such file");
            switch (wire) {
                case ANTHROPIC -> assertThat(results).containsExactly("call_a=alpha", "call_b=no such file!");
                case OPENAI -> assertThat(results.get(0)).startsWith("call_a=");
                case GEMINI -> assertThat(results.get(0)).startsWith("Read=");
                case OLLAMA -> {}
            }
        }

        @Test
        void holds_images() {
            var request = new ModelRequest(
                    "a",
                    List.of(
                            new Message.System("s"),
                            new Message.User(
                                    List.of(new Part.Text("what is this?"), new Part.Image("image/png", "aW1n")))),
                    List.of());

            assertThat(wire.sent(sent(request).json()).image()).endsWith("aW1n");
        }
    }

    @Nested
    class A_fault {

        @ParameterizedTest
        @CsvSource({
            "400, BAD_REQUEST", "401, NOT_AUTHORIZED", "403, NOT_AUTHORIZED", "404, UNKNOWN_MODEL", "408, TRANSIENT",
            "402, QUOTA_EXHAUSTED", "409, TRANSIENT", "413, CONTEXT_TOO_LONG", "429, RATE_LIMITED", "500, TRANSIENT",
            "503, OVERLOADED", "529, OVERLOADED"
        })
        void is_sorted_by_its_status_and_tried_once(int status, Kind kind) {
            try (var server = new WireServer(WireServer.status(status, "{\"error\":{\"message\":\"no\"}}"))) {
                Model model = wire.model(server);

                for (Function<Model, ModelReply> way : ways()) {
                    var fault = catchThrowableOfType(ModelException.class, () -> way.apply(model));
                    assertThat(fault.reason()).isEqualTo(kind);
                }
                assertThat(server.requests()).hasSize(2);
            }
        }

        @Test
        void says_how_long_to_wait_as_the_header_does() {
            try (var server = new WireServer(WireServer.status(429, "{\"error\":{}}", "Retry-After: 7"))) {
                Model model = wire.model(server);

                for (Function<Model, ModelReply> way : ways()) {
                    var fault = catchThrowableOfType(ModelException.class, () -> way.apply(model));
                    assertThat(fault.retryAfter()).contains(Duration.ofSeconds(7));
                }
            }
        }

        @Test
        void of_an_exhausted_quota_is_not_tried_again() {
            var fault = fault(WireServer.status(
                    429, "{\"error\":{\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}"));

            assertThat(fault.reason()).isEqualTo(Kind.QUOTA_EXHAUSTED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "{}", "<html>a proxy's page</html>", "[]", "null", "{\"choices\":[]}"})
        void is_what_is_no_reply(String body) {
            assertThat(fault(WireServer.json(body)).reason()).isEqualTo(Kind.TRANSIENT);
        }

        @Test
        void is_a_reply_that_lacks_its_end() {
            String reply = whole("hello", Finish.STOP);

            assertThat(fault(WireServer.cutBody(reply)).reason()).isEqualTo(Kind.TRANSIENT);
            assertThat(fault(WireServer.json(reply.substring(0, reply.length() / 2)))
                            .reason())
                    .isEqualTo(Kind.TRANSIENT);
        }

        @Test
        void is_a_reply_that_the_provider_refused_to_give() {
            if (wire != Wire.OLLAMA) { // which has no filter
                assertThat(fault(WireServer.json(whole("", Finish.FILTER))).reason())
                        .isEqualTo(Kind.CONTENT_FILTERED);
            }
        }

        @Test
        void is_silence() {
            try (var server = new WireServer(WireServer.silence())) {
                Model model = wire.model(server, Wire.idle(Duration.ofMillis(150)));

                var fault = catchThrowableOfType(ModelException.class, () -> model.reply(HELLO, word -> {}));

                assertThat(fault.reason()).isEqualTo(Kind.TRANSIENT);
                assertThat(fault).hasMessageContaining("did not answer within 0.15 s");
            }
        }

        @Test
        void is_nobody_there() throws IOException {
            try (var taken = new Socket()) { // nobody else gets the port, and nobody listens at it
                taken.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
                int port = taken.getLocalPort();
                Model model =
                        wire.provider(dev.yardmaster.model.Deadlines.defaults()).open("m", wire.environment(port));

                for (Function<Model, ModelReply> way : ways()) {
                    var fault = catchThrowableOfType(ModelException.class, () -> way.apply(model));
                    assertThat(fault.reason()).isEqualTo(Kind.TRANSIENT);
                    assertThat(fault).hasMessageContaining("no connection to 127.0.0.1:" + port);
                }
            }
        }

        @Test
        void never_shows_the_key() {
            try (var server = new WireServer(WireServer.status(401, "you sent " + Wire.KEY + ", which is wrong"))) {
                Model model = wire.model(server);
                var trace = new StringWriter();
                for (Function<Model, ModelReply> way : ways()) {
                    catchThrowableOfType(ModelException.class, () -> way.apply(model))
                            .printStackTrace(new PrintWriter(trace));
                }

                if (!wire.keyHeader().isEmpty()) {
                    assertThat(trace.toString()).contains("you sent [redacted]").doesNotContain(Wire.KEY);
                    assertThat(model.toString()).doesNotContain(Wire.KEY);
                }
            }
        }
    }

    private static List<Function<Model, ModelReply>> ways() {
        return List.of(model -> model.reply(HELLO), model -> model.reply(HELLO, word -> {}));
    }

    /** What the environment says that is not right. */
    @Nested
    class An_environment {

        @Test
        void without_a_key_is_told_which_variable_to_set() {
            if (!wire.keyHeader().isEmpty()) {
                assertThat(wire.provider(dev.yardmaster.model.Deadlines.defaults())
                                .missing(Map.of()))
                        .hasValueSatisfying(missing -> assertThat(missing).contains("_API_KEY"));
            }
        }
    }
}
