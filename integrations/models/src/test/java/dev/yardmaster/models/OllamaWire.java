package dev.yardmaster.models;

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

/** Ollama's chat. */
final class OllamaWire implements WireShape {

    @Override
    public ModelProvider provider(Deadlines deadlines) {
        return new OllamaProvider(deadlines);
    }

    @Override
    public Map<String, String> environment(int port) {
        return Map.of("OLLAMA_HOST", "127.0.0.1:" + port);
    }

    @Override
    public String reply(String text, String finish, Call... calls) {
        return message(text, calls) + ",\"done\":true,\"done_reason\":\"" + finish
                + "\",\"total_duration\":1,\"prompt_eval_count\":12,\"eval_count\":7}";
    }

    private String message(String text, Call... calls) {
        return "{\"model\":\"m\",\"created_at\":\"2026-01-01T00:00:00Z\",\"message\":{\"role\":\"assistant\",\"content\":"
                + quoted(text)
                + (calls.length == 0
                        ? ""
                        : ",\"tool_calls\":["
                                + joined(
                                        calls,
                                        call -> "{\"function\":{\"name\":\"" + call.name() + "\",\"arguments\":"
                                                + call.arguments() + "}}")
                                + "]")
                + "}";
    }

    @Override
    public List<String> stream(List<String> words, String finish, Call... calls) {
        var events = new ArrayList<String>();
        words.forEach(word -> events.add(message(word) + ",\"done\":false}\n"));
        if (calls.length > 0) {
            events.add(message("", calls) + ",\"done\":false}\n");
        }
        events.add(reply("", finish) + "\n");
        return events;
    }

    @Override
    public String error() {
        return "{\"error\":\"the model runner has stopped\"}\n";
    }

    @Override
    public String finish(Finish finish) {
        return finish == Finish.LENGTH ? "length" : "stop";
    }

    @Override
    public Sent sent(JsonNode body) {
        var results = new ArrayList<String>();
        body.path("messages").forEach(message -> {
            if (message.path("role").asText().equals("tool")) {
                results.add(message.path("content").asText());
            }
        });
        return new Sent(
                body.path("messages").path(0).path("content").asText(),
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
                body.path("messages").path(1).path("images").path(0).asText());
    }

    @Override
    public String keyHeader() {
        return "";
    }
}
