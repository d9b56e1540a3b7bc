package dev.yardmaster.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.event.Json;
import dev.yardmaster.model.Deadlines;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The four wire formats as the providers document them: what their replies look like, and where to look in requests. */
enum Wire {
    ANTHROPIC(new AnthropicWire()),
    OPENAI(new OpenAiWire()),
    GEMINI(new GeminiWire()),
    OLLAMA(new OllamaWire());

    static final String KEY = "test-KEYKEYKEY-1";

    private final WireShape shape;

    Wire(WireShape shape) {
        this.shape = shape;
    }

    /** A call that a model makes. @param arguments JSON */
    record Call(String id, String name, String arguments) {}

    /** Why a reply ended. */
    enum Finish {
        STOP,
        CALLS,
        LENGTH,
        FILTER
    }

    /** What the tests look for in a request. @param results of the tools, with their ids where the format has them */
    record Sent(String system, String tool, String pathType, List<String> results, String image) {}

    ModelProvider provider(Deadlines deadlines) {
        return shape.provider(deadlines);
    }

    Map<String, String> environment(int port) {
        return shape.environment(port);
    }

    String reply(String text, String finish, Call... calls) {
        return shape.reply(text, finish, calls);
    }

    List<String> stream(List<String> words, String finish, Call... calls) {
        return shape.stream(words, finish, calls);
    }

    String error() {
        return shape.error();
    }

    String finish(Finish finish) {
        return shape.finish(finish);
    }

    Sent sent(JsonNode body) {
        return shape.sent(body);
    }

    String keyHeader() {
        return shape.keyHeader();
    }

    String contentType() {
        return this == OLLAMA ? "application/x-ndjson" : "text/event-stream";
    }

    Model model(WireServer server) {
        return model(server, Deadlines.defaults());
    }

    Model model(WireServer server, Deadlines deadlines) {
        return provider(deadlines).open("m", environment(server.port()));
    }

    static Deadlines idle(Duration idle) {
        return new Deadlines(Duration.ofSeconds(5), idle, idle, Duration.ofSeconds(60));
    }

    WireServer.Answer streamed(List<String> words, Finish finish, Call... calls) {
        return WireServer.stream(
                contentType(), stream(words, finish(finish), calls).toArray(String[]::new));
    }

    static String quoted(String text) {
        return Json.of(text).text();
    }

    static List<String> halves(String text) {
        return List.of(text.substring(0, text.length() / 2), text.substring(text.length() / 2));
    }

    static String joined(Call[] calls, java.util.function.Function<Call, String> each) {
        return List.of(calls).stream().map(each).collect(Collectors.joining(","));
    }

    static String text(JsonNode content) {
        return content.isArray() ? content.path(0).path("text").asText() : content.asText();
    }

    static List<String> each(JsonNode array, java.util.function.Function<JsonNode, String> text) {
        return IntStream.range(0, array.size())
                .mapToObj(i -> text.apply(array.get(i)))
                .toList();
    }
}
