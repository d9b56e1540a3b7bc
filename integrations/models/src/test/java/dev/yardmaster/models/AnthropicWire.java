package dev.yardmaster.models;

import static dev.yardmaster.models.Wire.KEY;
import static dev.yardmaster.models.Wire.each;
import static dev.yardmaster.models.Wire.halves;
import static dev.yardmaster.models.Wire.quoted;
import static dev.yardmaster.models.Wire.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.model.Deadlines;
import dev.yardmaster.model.ModelProvider;
import dev.yardmaster.models.Wire.Call;
import dev.yardmaster.models.Wire.Finish;
import dev.yardmaster.models.Wire.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Anthropic's messages. */
final class AnthropicWire implements WireShape {

    @Override
    public ModelProvider provider(Deadlines deadlines) {
        return new AnthropicProvider(deadlines);
    }

    @Override
    public Map<String, String> environment(int port) {
        return Map.of("ANTHROPIC_API_KEY", KEY, "ANTHROPIC_BASE_URL", "http://127.0.0.1:" + port);
    }

    @Override
    public String reply(String text, String finish, Call... calls) {
        var content = new ArrayList<String>();
        if (!text.isEmpty()) {
            content.add("{\"type\":\"text\",\"text\":" + quoted(text) + "}");
        }
        for (Call call : calls) {
            content.add("{\"type\":\"tool_use\",\"id\":\"" + call.id() + "\",\"name\":\"" + call.name()
                    + "\",\"input\":" + call.arguments() + "}");
        }
        return "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":["
                + String.join(",", content) + "],\"stop_reason\":\"" + finish
                + "\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":12,\"output_tokens\":7}}";
    }

    @Override
    public List<String> stream(List<String> words, String finish, Call... calls) {
        var events = new ArrayList<String>();
        events.add(event(
                "message_start",
                "\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
                        + "\"model\":\"m\",\"content\":[],\"stop_reason\":null,"
                        + "\"usage\":{\"input_tokens\":12,\"output_tokens\":1}}"));
        events.add(event("ping", ""));
        int index = 0;
        if (!words.isEmpty()) {
            events.add(block(index, "\"content_block\":{\"type\":\"text\",\"text\":\"\"}", "start"));
            for (String word : words) {
                events.add(block(index, "\"delta\":{\"type\":\"text_delta\",\"text\":" + quoted(word) + "}", "delta"));
            }
            events.add(block(index++, "", "stop"));
        }
        for (Call call : calls) {
            events.add(block(
                    index,
                    "\"content_block\":{\"type\":\"tool_use\",\"id\":\"" + call.id() + "\",\"name\":\"" + call.name()
                            + "\",\"input\":{}}",
                    "start"));
            for (String half : halves(call.arguments())) {
                events.add(block(
                        index,
                        "\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":" + quoted(half) + "}",
                        "delta"));
            }
            events.add(block(index++, "", "stop"));
        }
        events.add(event(
                "message_delta",
                "\"delta\":{\"stop_reason\":\"" + finish
                        + "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":7}"));
        events.add(event("message_stop", ""));
        return events;
    }

    private String block(int index, String rest, String kind) {
        return event("content_block_" + kind, "\"index\":" + index + (rest.isEmpty() ? "" : "," + rest));
    }

    private String event(String type, String rest) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + (rest.isEmpty() ? "" : "," + rest) + "}\n\n";
    }

    @Override
    public String error() {
        return event("error", "\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}");
    }

    @Override
    public String finish(Finish finish) {
        return switch (finish) {
            case STOP -> "end_turn";
            case CALLS -> "tool_use";
            case LENGTH -> "max_tokens";
            case FILTER -> "refusal";
        };
    }

    @Override
    public Sent sent(JsonNode body) {
        JsonNode results = body.path("messages").path(2).path("content");
        return new Sent(
                body.path("system").path(0).path("text").asText(),
                body.path("tools").path(0).path("name").asText(),
                body.path("tools")
                        .path(0)
                        .path("input_schema")
                        .path("properties")
                        .path("path")
                        .path("type")
                        .asText(),
                each(
                        results,
                        result -> result.path("tool_use_id").asText() + "=" + text(result.path("content"))
                                + (result.path("is_error").asBoolean() ? "!" : "")),
                body.path("messages")
                        .path(0)
                        .path("content")
                        .path(1)
                        .path("source")
                        .path("data")
                        .asText());
    }

    @Override
    public String keyHeader() {
        return "x-api-key";
    }
}
