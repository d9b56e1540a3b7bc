package dev.yardmaster.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.event.Json;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.tool.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What providers sign comes back to them as it was, also after a message was written down and read again. */
class SignatureTest {

    private static final String ANTHROPIC_REPLY =
            "{\"id\":\"x\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\","
                    + "\"content\":[{\"type\":\"thinking\",\"thinking\":\"let me see\",\"signature\":\"SIG/1==\"},"
                    + "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"Read\",\"input\":{\"path\":\"a\"}}],"
                    + "\"stop_reason\":\"tool_use\",\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}";

    private static final String GEMINI_REPLY = "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":["
            + "{\"functionCall\":{\"name\":\"Read\",\"args\":{\"path\":\"a\"}},\"thoughtSignature\":\"SIG/1==\"},"
            + "{\"functionCall\":{\"name\":\"Read\",\"args\":{\"path\":\"b\"}}}]},\"finishReason\":\"STOP\"}],"
            + "\"usageMetadata\":{\"promptTokenCount\":1,\"candidatesTokenCount\":1,\"totalTokenCount\":2}}";

    private static final List<String> ANTHROPIC_EVENTS = List.of(
            "{\"type\":\"message_start\",\"message\":{\"id\":\"x\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\","
                    + "\"content\":[],\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}}",
            "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\"}}",
            "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"let me see\"}}",
            "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"signature_delta\",\"signature\":\"SIG/1==\"}}",
            "{\"type\":\"content_block_stop\",\"index\":0}",
            "{\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t1\","
                    + "\"name\":\"Read\",\"input\":{}}}",
            "{\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"input_json_delta\","
                    + "\"partial_json\":\"{\\\"path\\\":\\\"a\\\"}\"}}",
            "{\"type\":\"content_block_stop\",\"index\":1}",
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"},\"usage\":{\"output_tokens\":1}}",
            "{\"type\":\"message_stop\"}");

    /** Asks, writes the reply down, reads it, answers its calls, and gives what was sent then. */
    private static JsonNode second(Wire wire, boolean streamed, WireServer.Answer first) {
        try (var server = new WireServer(first, WireServer.json(wire.reply("ok", wire.finish(Wire.Finish.STOP))))) {
            Model model = wire.model(server);
            var messages = new ArrayList<Message>(List.of(Message.User.of("read")));
            ModelReply reply = streamed
                    ? model.reply(new ModelRequest("a", messages, List.of()), word -> {})
                    : model.reply(new ModelRequest("a", messages, List.of()));
            Message stored = Json.parse(Json.of(reply.message()).text()).as(Message.Assistant.class);
            messages.add(stored);
            for (ToolCall call : ((Message.Assistant) stored).calls()) {
                messages.add(new Message.ToolOutput(call.id(), call.name(), "text", false));
            }
            model.reply(new ModelRequest("a", messages, List.of()));
            return server.request().json();
        }
    }

    private static void isSigned(JsonNode content) {
        assertThat(content.path(0).path("type").asText()).isEqualTo("thinking");
        assertThat(content.path(0).path("thinking").asText()).isEqualTo("let me see");
        assertThat(content.path(0).path("signature").asText()).isEqualTo("SIG/1==");
        assertThat(content.path(1).path("id").asText()).isEqualTo("t1");
    }

    @Test
    void anthropics_thinking_goes_back_with_its_signature_before_the_call() {
        JsonNode request = second(Wire.ANTHROPIC, false, WireServer.json(ANTHROPIC_REPLY));

        isSigned(request.path("messages").path(1).path("content"));
    }

    @Test
    void anthropics_streamed_thinking_too() {
        String[] events = ANTHROPIC_EVENTS.stream()
                .map(data -> "event: "
                        + Json.parse(data).as(JsonNode.class).path("type").asText() + "\ndata: " + data + "\n\n")
                .toArray(String[]::new);

        JsonNode request = second(Wire.ANTHROPIC, true, WireServer.stream("text/event-stream", events));

        isSigned(request.path("messages").path(1).path("content"));
    }

    @Test
    void geminis_thought_signature_goes_back_on_the_first_of_parallel_calls() {
        for (boolean streamed : List.of(false, true)) {
            JsonNode request = second(
                    Wire.GEMINI,
                    streamed,
                    streamed
                            ? WireServer.stream("text/event-stream", "data: " + GEMINI_REPLY + "\n\n")
                            : WireServer.json(GEMINI_REPLY));

            JsonNode parts = request.path("contents").path(1).path("parts");
            assertThat(parts.path(0)
                            .path("functionCall")
                            .path("args")
                            .path("path")
                            .asText())
                    .isEqualTo("a");
            assertThat(parts.path(0).path("thoughtSignature").asText()).isEqualTo("SIG/1==");
            assertThat(parts.path(1).has("thoughtSignature")).isFalse();
            assertThat(request.path("contents").path(2).path("parts")).hasSize(2);
        }
    }

    @Test
    void what_a_compatible_server_calls_reasoning_goes_back() {
        String reply = Wire.OPENAI
                .reply("", "tool_calls", new Wire.Call("t1", "Read", "{}"))
                .replace("\"content\":null", "\"content\":null,\"reasoning_content\":\"let me see\"");

        JsonNode request = second(Wire.OPENAI, false, WireServer.json(reply));

        assertThat(request.path("messages").path(1).path("reasoning_content").asText())
                .isEqualTo("let me see");
    }
}
