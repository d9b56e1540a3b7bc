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
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
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
            "409, TRANSIENT", "413, CONTEXT_TOO_LONG", "429, RATE_LIMITED", "500, TRANSIENT", "503, RATE_LIMITED",
            "529, RATE_LIMITED"
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

            assertThat(fault.reason()).isEqualTo(Kind.NOT_AUTHORIZED);
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
        void is_nobody_there() {
            int port;
            try (var server = new WireServer()) {
                port = server.port();
            }
            Model model =
                    wire.provider(dev.yardmaster.model.Deadlines.defaults()).open("m", wire.environment(port));

            for (Function<Model, ModelReply> way : ways()) {
                var fault = catchThrowableOfType(ModelException.class, () -> way.apply(model));
                assertThat(fault.reason()).isEqualTo(Kind.TRANSIENT);
                assertThat(fault).hasMessageContaining("no connection to 127.0.0.1:" + port);
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

    @Nested
    class A_streamed_reply {

        private List<String> heard = new ArrayList<>();

        private ModelReply streamed(WireServer.Answer answer) {
            try (var server = new WireServer(answer)) {
                return wire.model(server, Wire.idle(Duration.ofMillis(200))).reply(HELLO, heard::add);
            }
        }

        private ModelException lost(WireServer.Answer answer) {
            return catchThrowableOfType(ModelException.class, () -> streamed(answer));
        }

        private List<String> events() {
            return new ArrayList<>(wire.stream(List.of("Hel", "lo"), wire.finish(Finish.STOP)));
        }

        private int afterFirstWord() {
            List<String> events = events();
            return 1
                    + events.indexOf(events.stream()
                            .filter(event -> event.contains("Hel"))
                            .findFirst()
                            .orElseThrow());
        }

        private String untilFirstWord() {
            return String.join("", events().subList(0, afterFirstWord()));
        }

        @Test
        void is_heard_word_by_word_and_is_the_same_as_a_whole_one() {
            ModelReply reply = streamed(wire.streamed(List.of("Hel", "lo, ", "Zoë"), Finish.STOP));

            assertThat(heard).containsExactly("Hel", "lo, ", "Zoë");
            assertThat(reply.message().text()).isEqualTo("Hello, Zoë");
            assertThat(reply.usage()).isEqualTo(new Usage(12, 7));
            assertThat(reply.finish()).isEqualTo(ModelReply.Finish.STOP);
        }

        @Test
        void has_parallel_calls_with_whole_arguments() {
            ModelReply reply = streamed(wire.streamed(List.of("Look"), Finish.CALLS, READ_A, READ_B));

            assertThat(reply.finish()).isEqualTo(ModelReply.Finish.TOOL_CALLS);
            assertThat(reply.message().calls())
                    .extracting(call -> call.arguments().text())
                    .containsExactly("{\"path\":\"a.txt\"}", "{\"path\":\"b.txt\"}");
            assertThat(reply.message().calls()).extracting(ToolCall::id).doesNotHaveDuplicates();
        }

        /** The end of a body or of the connection, after each event, the last one excepted. */
        @Test
        void that_was_cut_after_any_event_is_lost_whatever_the_end_of_the_connection_looks_like() {
            String[] events = wire.stream(List.of("Hel", "lo"), wire.finish(Finish.CALLS), READ_A, READ_B)
                    .toArray(String[]::new);
            int needed = wire == Wire.OPENAI ? events.length - 2 : events.length; // token counts, [DONE]
            for (int n = 0; n < needed; n++) {
                String[] part = List.of(events).subList(0, n).toArray(String[]::new);
                assertThat(lost(WireServer.stream(wire.contentType(), part)).reason())
                        .as("ended after %s events", n)
                        .isEqualTo(Kind.TRANSIENT);
                assertThat(lost(WireServer.cutStream(wire.contentType(), part)).reason())
                        .as("cut after %s events", n)
                        .isEqualTo(Kind.TRANSIENT);
            }
        }

        @Test
        void that_was_cut_in_the_middle_of_a_call_is_lost() {
            String all = String.join("", wire.stream(List.of(), wire.finish(Finish.CALLS), READ_A));
            int middle = all.indexOf(".txt");

            assertThat(lost(WireServer.stream(wire.contentType(), all.substring(0, middle)))
                            .reason())
                    .isEqualTo(Kind.TRANSIENT);
        }

        @Test
        void that_falls_silent_is_lost_after_a_while() {
            String first = untilFirstWord();

            var fault = lost(WireServer.stalledStream(wire.contentType(), first));

            assertThat(fault.reason()).isEqualTo(Kind.TRANSIENT);
            assertThat(fault).hasMessageContaining("no byte came for 0.2 s in the middle of the reply");
            assertThat(heard).startsWith("Hel");
        }

        @Test
        void does_not_wait_for_the_connection_to_close() {
            String[] events =
                    wire.stream(List.of("Hello"), wire.finish(Finish.STOP)).toArray(String[]::new);

            ModelReply reply = streamed(WireServer.stalledStream(wire.contentType(), events));

            assertThat(reply.message().text()).isEqualTo("Hello");
        }

        @Test
        void with_an_error_in_its_middle_is_lost() {
            List<String> events = events();
            events.add(afterFirstWord(), wire.error());

            var fault = lost(WireServer.stream(wire.contentType(), events.toArray(String[]::new)));

            assertThat(fault.retryable()).isTrue();
            assertThat(fault.reason()).isEqualTo(wire == Wire.OLLAMA ? Kind.TRANSIENT : Kind.RATE_LIMITED);
        }

        @Test
        void with_garbage_in_its_middle_is_lost() {
            List<String> events = events();
            events.add(1, wire == Wire.OLLAMA ? "{not json\n" : "data: {not json\n\n");

            assertThat(lost(WireServer.stream(wire.contentType(), events.toArray(String[]::new)))
                            .reason())
                    .isEqualTo(Kind.TRANSIENT);
        }

        @Test
        void of_nothing_or_of_a_proxys_page_is_lost() {
            assertThat(lost(WireServer.stream(wire.contentType())).reason()).isEqualTo(Kind.TRANSIENT);
            assertThat(lost(WireServer.json("<html>a proxy's page</html>")).reason())
                    .isEqualTo(Kind.TRANSIENT);
        }

        @Test
        void ends_when_its_thread_is_interrupted() throws InterruptedException {
            String first = untilFirstWord();
            var flag = new ArrayList<Boolean>();
            try (var server = new WireServer(WireServer.stalledStream(wire.contentType(), first))) {
                Model model = wire.model(server);
                Thread caller = Thread.ofVirtual().unstarted(() -> {
                    catchThrowableOfType(
                            ModelException.class,
                            () -> model.reply(
                                    HELLO, word -> Thread.currentThread().interrupt()));
                    flag.add(Thread.currentThread().isInterrupted());
                });
                caller.start();
                caller.join();
            }
            assertThat(flag).containsExactly(true);
        }
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
