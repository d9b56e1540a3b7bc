package dev.yardmaster.models;

import static dev.yardmaster.models.Wire.KEY;
import static dev.yardmaster.models.Wire.halves;
import static dev.yardmaster.models.Wire.joined;
import static dev.yardmaster.models.Wire.quoted;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.model.Deadlines;
import dev.yardmaster.model.ModelProvider;
import dev.yardmaster.models.Wire.Call;
import dev.yardmaster.models.Wire.Finish;
import dev.yardmaster.models.Wire.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** OpenAI's chat completions. */
final class OpenAiWire implements WireShape {

    @Override
    public ModelProvider provider(Deadlines deadlines) {
        return new OpenAiProvider(deadlines);
    }

    @Override
    public Map<String, String> environment(int port) {
        return Map.of("OPENAI_API_KEY", KEY, "OPENAI_BASE_URL", "http://127.0.0.1:" + port + "/v1");
    }

    @Override
    public String reply(String text, String finish, Call... calls) {
        return "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"message\":{\"role\":\"assistant\",\"content\":" + (text.isEmpty() ? "null" : quoted(text))
                + (calls.length == 0
                        ? ""
                        : ",\"tool_calls\":["
                                + joined(
                                        calls,
                                        call -> "{\"id\":\"" + call.id()
                                                + "\",\"type\":\"function\",\"function\":{\"name\":\"" + call.name()
                                                + "\",\"arguments\":"
                                                + quoted(call.arguments()) + "}}")
                                + "]")
                + "},\"finish_reason\":\"" + finish
                + "\"}],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":7,\"total_tokens\":19}}";
    }

    @Override
    public List<String> stream(List<String> words, String finish, Call... calls) {
        var events = new ArrayList<String>();
        events.add(chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
        words.forEach(word -> events.add(chunk("{\"content\":" + quoted(word) + "}", "null")));
        for (int i = 0; i < calls.length; i++) {
            String index = "{\"tool_calls\":[{\"index\":" + i + ",";
            events.add(chunk(
                    index + "\"id\":\"" + calls[i].id() + "\",\"type\":\"function\",\"function\":{\"name\":\""
                            + calls[i].name() + "\",\"arguments\":\"\"}}]}",
                    "null"));
            for (String half : halves(calls[i].arguments())) {
                events.add(chunk(index + "\"function\":{\"arguments\":" + quoted(half) + "}}]}", "null"));
            }
        }
        events.add(chunk("{}", "\"" + finish + "\""));
        events.add("data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                + "\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":7,\"total_tokens\":19}}\n\n");
        events.add("data: [DONE]\n\n");
        return events;
    }

    private String chunk(String delta, String finish) {
        return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
                + "[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}\n\n";
    }

    @Override
    public String error() {
        return "data: {\"error\":{\"message\":\"busy\",\"type\":\"server_error\",\"code\":\"rate_limit_exceeded\"}}\n\n";
    }

    @Override
    public String finish(Finish finish) {
        return switch (finish) {
            case STOP -> "stop";
            case CALLS -> "tool_calls";
            case LENGTH -> "length";
            case FILTER -> "content_filter";
        };
    }

    @Override
    public Sent sent(JsonNode body) {
        JsonNode messages = body.path("messages");
        var results = new ArrayList<String>();
        messages.forEach(message -> {
            if (message.path("role").asText().equals("tool")) {
                results.add(message.path("tool_call_id").asText() + "="
                        + message.path("content").asText());
            }
        });
        return new Sent(
                messages.path(0).path("content").asText(),
                body.path("tools").path(0).path("function").path("name").asText(),
                body.path("tools")
                        .path(0)
                        .path("function")
                        .path("parameters")
                        .path("properties")
                        .path("path")
                        .path("type")
                        .asText(),
                results,
                messages.path(1)
                        .path("content")
                        .path(1)
                        .path("image_url")
                        .path("url")
                        .asText());
    }

    @Override
    public String keyHeader() {
        return "authorization";
    }
}
