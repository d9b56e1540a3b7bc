package dev.yardmaster.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.yardmaster.event.Json;
import dev.yardmaster.model.Deadlines;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.model.ToolSchema;
import dev.yardmaster.tool.ToolCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every fault of the shared fault server, in the wire format of every provider, asked for a whole reply and for a stream:
 * each ends in the outcome that {@code docs/models.md} has for it, and nothing else is ever thrown.
 */
@Timeout(300)
class ProviderFaultsTest {

    private static final ModelRequest REQUEST = new ModelRequest(
            "a",
            List.of(Message.User.of("hi")),
            List.of(new ToolSchema(
                    "bash",
                    "d",
                    Json.parse("{\"type\":\"object\",\"properties\":{\"command\":{\"type\":\"string\"}}}"))));
    private static final String FILTERED = "CONTENT_FILTERED";
    private static final String TRANSIENT = "TRANSIENT";

    /** What a fault comes to at every provider, whichever way it is asked. */
    private static final Map<String, String> EVERYWHERE = new TreeMap<>(Map.ofEntries(
            Map.entry("429 + Retry-After: 7", "RATE_LIMITED, wait PT7S"),
            Map.entry("429 insufficient_quota", "QUOTA_EXHAUSTED"),
            Map.entry("529 overloaded", "OVERLOADED"),
            Map.entry("503", "OVERLOADED, wait PT3S"),
            Map.entry("500", TRANSIENT),
            Map.entry("408", TRANSIENT),
            Map.entry("409", TRANSIENT),
            Map.entry("425", TRANSIENT),
            Map.entry("413", "CONTEXT_TOO_LONG"),
            Map.entry("401", "NOT_AUTHORIZED"),
            Map.entry("403", "NOT_AUTHORIZED"),
            Map.entry("404", "UNKNOWN_MODEL"),
            Map.entry("402", "QUOTA_EXHAUSTED"),
            Map.entry("400 context_length_exceeded", "CONTEXT_TOO_LONG"),
            Map.entry("400 content_filter", FILTERED),
            Map.entry("200 garbage (HTML)", TRANSIENT),
            Map.entry("200 empty body", TRANSIENT),
            Map.entry("200 {}", TRANSIENT),
            Map.entry("200 content=null stop", TRANSIENT),
            Map.entry("body truncated (Content-Length short)", TRANSIENT),
            Map.entry("accept then close", TRANSIENT),
            Map.entry("RST", TRANSIENT),
            Map.entry("no response (hang)", TRANSIENT),
            Map.entry("STREAM: EOF after 1st delta (clean chunk end, no terminal event)", TRANSIENT),
            Map.entry("STREAM: socket close after 1st delta (no chunk end)", TRANSIENT),
            Map.entry("STREAM: RST after 1st delta", TRANSIENT),
            Map.entry("STREAM: stall after 1st delta", TRANSIENT),
            Map.entry("STREAM: half a tool call then clean EOF", TRANSIENT),
            Map.entry("STREAM: garbage data line mid-stream", TRANSIENT),
            Map.entry("STREAM: 200 + zero events", TRANSIENT)));

    @TempDir
    static Path compiled;

    private static Optional<SharedFaults> shared = Optional.empty();

    @BeforeAll
    static void look() throws Exception {
        shared = SharedFaults.compiledIn(compiled);
    }

    private static SharedFaults faults() {
        assumeThat(shared)
                .as("the shared material with tools/ProviderFaults.java is there")
                .isPresent();
        return shared.orElseThrow();
    }

    /** What comes of a fault, in one line. */
    private static String outcome(String fault, Wire wire, boolean stream) {
        Deadlines deadlines = SharedFaults.silences().contains(fault)
                ? Wire.idle(Duration.ofMillis(300))
                : Wire.idle(Duration.ofSeconds(30));
        try (var server = new WireServer(faults().answer(fault, wire, stream))) {
            Model model = wire.model(server, deadlines);
            ModelReply reply = stream ? model.reply(REQUEST, word -> {}) : model.reply(REQUEST);
            assertThat(server.requests()).hasSize(1);
            return "reply " + reply.finish() + " "
                    + reply.message().calls().stream().map(ToolCall::name).toList();
        } catch (ModelException e) {
            assertThat(e.getMessage()).hasSizeLessThan(700);
            return e.reason() + e.retryAfter().map(wait -> ", wait " + wait).orElse("");
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void a_fault_ends_in_its_outcome_whichever_way_it_is_asked(Wire wire) {
        var wrong = new ArrayList<String>();
        EVERYWHERE.forEach((fault, expected) -> {
            for (boolean stream : fault.startsWith("STREAM") ? new boolean[] {true} : new boolean[] {false, true}) {
                String outcome = outcome(fault, wire, stream);
                if (!outcome.equals(expected)) {
                    wrong.add(fault + (stream ? ", streamed" : "") + ": " + outcome + " and not " + expected);
                }
            }
        });
        assertThat(wrong).isEmpty();
    }

    /** A JSON body where a stream was asked for is none, except at Ollama, whose stream is lines of JSON. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            200 choices:[] / no content       | ANTHROPIC | TRANSIENT
            200 choices:[] / no content       | OPENAI    | TRANSIENT
            200 choices:[] / no content       | GEMINI    | CONTENT_FILTERED
            200 choices:[] / no content       | OLLAMA    | TRANSIENT
            200 finish=length                 | ANTHROPIC | reply LENGTH []
            200 finish=length                 | OPENAI    | reply LENGTH []
            200 finish=length                 | GEMINI    | reply LENGTH []
            200 finish=length                 | OLLAMA    | reply LENGTH []
            200 finish=content_filter         | ANTHROPIC | CONTENT_FILTERED
            200 finish=content_filter         | OPENAI    | CONTENT_FILTERED
            200 finish=content_filter         | GEMINI    | CONTENT_FILTERED
            200 finish=content_filter         | OLLAMA    | reply OTHER []
            200 tool args malformed JSON      | OPENAI    | reply TOOL_CALLS [bash]
            200 tool args malformed JSON      | ANTHROPIC | TRANSIENT
            200 tool args malformed JSON      | GEMINI    | reply STOP []
            200 tool args malformed JSON      | OLLAMA    | reply STOP []
            200 unknown tool + 2x same id     | OPENAI    | reply TOOL_CALLS [nope, nope]
            200 unknown tool + 2x same id     | ANTHROPIC | reply TOOL_CALLS [nope, nope]
            200 unknown tool + 2x same id     | GEMINI    | reply STOP []
            200 unknown tool + 2x same id     | OLLAMA    | reply STOP []
            """)
    void a_whole_reply_that_is_odd_ends_in_its_providers_outcome(String fault, Wire wire, String expected) {
        assertThat(outcome(fault, wire, false)).isEqualTo(expected);
        assertThat(outcome(fault, wire, true)).isEqualTo(wire == Wire.OLLAMA ? expected : TRANSIENT);
    }

    @ParameterizedTest
    @CsvSource({"ANTHROPIC, OVERLOADED", "OPENAI, OVERLOADED", "GEMINI, OVERLOADED", "OLLAMA, TRANSIENT"})
    void an_error_in_the_middle_of_a_stream_ends_it(Wire wire, String expected) {
        assertThat(outcome("STREAM: error event mid-stream", wire, true)).isEqualTo(expected);
    }

    @Test
    void no_fault_of_the_server_is_left_out() {
        var known = new ArrayList<>(EVERYWHERE.keySet());
        known.addAll(List.of(
                "200 choices:[] / no content",
                "200 finish=length",
                "200 finish=content_filter",
                "200 tool args malformed JSON",
                "200 unknown tool + 2x same id",
                "STREAM: error event mid-stream"));
        assertThat(faults().names()).hasSize(36).containsExactlyInAnyOrderElementsOf(known);
    }
}
