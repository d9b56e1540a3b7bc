package dev.yardmaster.models;

import static dev.yardmaster.models.Wire.KEY;
import static dev.yardmaster.models.Wire.each;
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

/** Gemini's generateContent. */
final class GeminiWire implements WireShape {

    @Override
    public ModelProvider provider(Deadlines deadlines) {
        return new GeminiProvider(deadlines);
    }

    @Override
    public Map<String, String> environment(int port) {
        return Map.of("GEMINI_API_KEY", KEY, "GOOGLE_GEMINI_BASE_URL", "http://127.0.0.1:" + port);
    }

    @Override
    public String reply(String text, String finish, Call... calls) {
        var parts = new ArrayList<String>();
        if (!text.isEmpty()) {
            parts.add("{\"text\":" + quoted(text) + "}");
        }
        for (Call call : calls) {
            parts.add("{\"functionCall\":{\"name\":\"" + call.name() + "\",\"args\":" + call.arguments() + "}}");
        }
        return candidate(String.join(",", parts), "\"" + finish + "\"");
    }

    private String candidate(String parts, String finish) {
        return "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[" + parts + "]},\"finishReason\":"
                + finish
                + ",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":12,\"candidatesTokenCount\":7,"
                + "\"totalTokenCount\":19},\"modelVersion\":\"m\",\"responseId\":\"r\"}";
    }

    @Override
    public List<String> stream(List<String> words, String finish, Call... calls) {
        var events = new ArrayList<String>();
        words.forEach(word -> events.add("data: " + candidate("{\"text\":" + quoted(word) + "}", "null") + "\n\n"));
        if (calls.length > 0) {
            events.add("data: "
                    + candidate(
                            joined(
                                    calls,
                                    call -> "{\"functionCall\":{\"name\":\"" + call.name() + "\",\"args\":"
                                            + call.arguments() + "}}"),
                            "null")
                    + "\n\n");
        }
        events.add("data: " + candidate("{\"text\":\"\"}", "\"" + finish + "\"") + "\n\n");
        return events;
    }

    @Override
    public String error() {
        return "data: {\"error\":{\"code\":503,\"message\":\"overloaded\",\"status\":\"UNAVAILABLE\"}}\n\n";
    }

    @Override
    public String finish(Finish finish) {
        return switch (finish) {
            case STOP, CALLS -> "STOP";
            case LENGTH -> "MAX_TOKENS";
            case FILTER -> "SAFETY";
        };
    }

    @Override
    public Sent sent(JsonNode body) {
        return new Sent(
                body.path("systemInstruction")
                        .path("parts")
                        .path(0)
                        .path("text")
                        .asText(),
                body.path("tools")
                        .path(0)
                        .path("functionDeclarations")
                        .path(0)
                        .path("name")
                        .asText(),
                body.path("tools")
                        .path(0)
                        .path("functionDeclarations")
                        .path(0)
                        .path("parameters")
                        .path("properties")
                        .path("path")
                        .path("type")
                        .asText()
                        .toLowerCase(java.util.Locale.ROOT),
                each(
                        body.path("contents").path(2).path("parts"),
                        part -> part.path("functionResponse").path("name").asText() + "="
                                + part.path("functionResponse").path("response").toString()),
                body.path("contents")
                        .path(0)
                        .path("parts")
                        .path(1)
                        .path("inlineData")
                        .path("data")
                        .asText());
    }

    @Override
    public String keyHeader() {
        return "x-goog-api-key";
    }
}
