package dev.yardmaster.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Usage;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.model.ToolSchema;
import dev.yardmaster.models.Wire.Finish;
import dev.yardmaster.tool.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Providers keep the beginnings of requests: what they say of that, and what of it is up to us. */
class PromptCacheTest {

    private static final ToolSchema READ = new ToolSchema(
            "Read",
            "reads a file",
            Json.parse(
                    "{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"}},\"required\":[\"path\"]}"));

    /** What each says of a prompt of 12 tokens, 7 of which it had; Anthropic put 3 more into its cache. */
    private static final Map<Wire, List<String>> CACHED = Map.of(
            Wire.ANTHROPIC,
            List.of(
                    "\"input_tokens\":12",
                    "\"input_tokens\":2,\"cache_creation_input_tokens\":3,\"cache_read_input_tokens\":7"),
            Wire.OPENAI,
            List.of("\"prompt_tokens\":12", "\"prompt_tokens\":12,\"prompt_tokens_details\":{\"cached_tokens\":7}"),
            Wire.GEMINI,
            List.of("\"promptTokenCount\":12", "\"promptTokenCount\":12,\"cachedContentTokenCount\":7"));

    @ParameterizedTest
    @EnumSource(Wire.class)
    void hits_are_counted_among_the_tokens_sent(Wire wire) {
        List<String> said = CACHED.getOrDefault(wire, List.of("x", "x"));
        String whole = wire.reply("ok", wire.finish(Finish.STOP)).replace(said.get(0), said.get(1));
        String[] streamed = wire.stream(List.of("ok"), wire.finish(Finish.STOP)).stream()
                .map(event -> event.replace(said.get(0), said.get(1)))
                .toArray(String[]::new);
        Usage expected = switch (wire) {
            case ANTHROPIC -> new Usage(12, 7, 7, 3);
            case OPENAI, GEMINI -> new Usage(12, 7, 7, 0);
            case OLLAMA -> new Usage(12, 7); // it says nothing of its cache
        };
        var hello = new ModelRequest("a", List.of(Message.User.of("hello")), List.of());
        try (var server = new WireServer(WireServer.json(whole), WireServer.stream(wire.contentType(), streamed))) {
            Model model = wire.model(server);

            assertThat(model.reply(hello).usage()).isEqualTo(expected);
            assertThat(model.reply(hello, word -> {}).usage()).isEqualTo(expected);
        }
    }

    /** Requests of a conversation of three turns; each turn calls two tools. */
    private static List<JsonNode> conversation(Wire wire) {
        var messages = new ArrayList<Message>(List.of(new Message.System("You are brief."), Message.User.of("Look.")));
        var requests = new ArrayList<JsonNode>();
        try (var server = new WireServer(WireServer.json(wire.reply("ok", wire.finish(Finish.STOP))))) {
            Model model = wire.model(server);
            for (int turn = 1; turn <= 3; turn++) {
                model.reply(new ModelRequest("a", messages, List.of(READ)));
                requests.add(server.request().json());
                String id = "call-" + turn;
                messages.add(Message.Assistant.of(
                        "Turn " + turn,
                        new ToolCall(id + "a", "Read", path(turn)),
                        new ToolCall(id + "b", "Read", path(9))));
                messages.add(new Message.ToolOutput(id + "a", "Read", "alpha " + turn, false));
                messages.add(new Message.ToolOutput(id + "b", "Read", "no such file", true));
            }
        }
        return requests;
    }

    private static Json path(int number) {
        return Json.of(Map.of("path", number + ".txt"));
    }

    /** Messages by the provider's name for them, as they were sent, without the marks that move. */
    private static List<String> sent(Wire wire, JsonNode request) {
        var texts = new ArrayList<String>();
        request.path(wire == Wire.GEMINI ? "contents" : "messages")
                .forEach(message ->
                        texts.add(message.toString().replace(",\"cache_control\":{\"type\":\"ephemeral\"}", "")));
        return texts;
    }

    private static List<String> frame(JsonNode request) {
        var rest = (ObjectNode) request.deepCopy();
        rest.remove(List.of("messages", "contents"));
        return List.of(rest.toString());
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void a_request_begins_with_the_bytes_of_the_one_before_it(Wire wire) {
        List<JsonNode> requests = conversation(wire);

        for (int i = 1; i < requests.size(); i++) {
            List<String> before = sent(wire, requests.get(i - 1));
            List<String> now = sent(wire, requests.get(i));
            assertThat(now).hasSizeGreaterThan(before.size());
            assertThat(now.subList(0, before.size())).isEqualTo(before);
            assertThat(frame(requests.get(i))).isEqualTo(frame(requests.get(i - 1)));
        }
    }

    @Test
    void anthropic_is_told_to_keep_the_system_message_what_the_last_request_had_and_what_this_one_has() {
        List<JsonNode> requests = conversation(Wire.ANTHROPIC);
        JsonNode third = requests.get(2);

        assertThat(third.path("system").path(0).has("cache_control")).isTrue();
        assertThat(marked(third)).containsExactly(2, 4);
        assertThat(sent(Wire.ANTHROPIC, requests.get(1)))
                .as("where the request before ended")
                .hasSize(3);
        assertThat(marked(requests.get(0))).containsExactly(0);
        assertThat(requests)
                .allSatisfy(request -> assertThat(request.toString().split("cache_control"))
                        .as("Anthropic takes four marks")
                        .hasSizeLessThanOrEqualTo(5));
    }

    private static List<Integer> marked(JsonNode request) {
        var marked = new ArrayList<Integer>();
        JsonNode messages = request.path("messages");
        for (int i = 0; i < messages.size(); i++) {
            if (messages.path(i).toString().contains("cache_control")) {
                marked.add(i);
            }
        }
        return marked;
    }

    @Test
    void anthropic_keeps_the_tools_where_there_is_no_system_message() {
        try (var server = new WireServer(WireServer.json(Wire.ANTHROPIC.reply("ok", "end_turn")))) {
            Wire.ANTHROPIC.model(server).reply(new ModelRequest("a", List.of(Message.User.of("hello")), List.of(READ)));

            assertThat(server.request().json().path("tools").path(0).has("cache_control"))
                    .isTrue();
        }
    }

    @Test
    void ollama_is_told_its_window_each_time_and_the_model_says_that_what_is_longer_is_cut() {
        try (var server = new WireServer(WireServer.json(Wire.OLLAMA.reply("ok", "stop")))) {
            Model model = Wire.OLLAMA.model(server);
            model.reply(new ModelRequest("a", List.of(Message.User.of("hello")), List.of()));

            Model.Window window = model.window().orElseThrow();
            assertThat(server.request().json().path("options").path("num_ctx").asLong())
                    .isEqualTo(window.tokens())
                    .isEqualTo(32_768);
            assertThat(window.cutsSilently()).isTrue();
        }
    }
}
