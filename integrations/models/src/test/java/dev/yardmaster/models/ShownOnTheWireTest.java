package dev.yardmaster.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.event.DataUri;
import dev.yardmaster.event.Json;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.tool.Attachment;
import dev.yardmaster.tool.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What results show, as each provider wants to have it. */
@Timeout(60)
class ShownOnTheWireTest {

    private static final Attachment IMAGE = Attachment.image(new DataUri("image/png", "aW1n"));
    private static final Attachment PAGES = new Attachment(new DataUri("application/pdf", "cGRm"), 2, "");

    private static ToolCall call(String id) {
        return new ToolCall(id, "Read", Json.parse("{\"file_path\":\"" + id + "\"}"));
    }

    private static List<Message> conversation() {
        return new ArrayList<>(List.of(
                Message.User.of("read all"),
                Message.Assistant.of("", call("a"), call("b"), call("c")),
                new Message.ToolOutput("a", "Read", "a screen", false, List.of(IMAGE)),
                new Message.ToolOutput("b", "Read", "no such file", true),
                new Message.ToolOutput("c", "Read", "a report", false, List.of(PAGES))));
    }

    private static JsonNode sent(Wire wire, List<Message> messages) {
        try (var server = new WireServer(WireServer.json(wire.reply("ok", wire.finish(Wire.Finish.STOP))))) {
            wire.model(server).reply(new ModelRequest("a", messages, List.of()));
            return server.request().json();
        }
    }

    private static List<String> each(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(element -> element.path(field).asText())
                .toList();
    }

    @Test
    void anthropic_has_images_in_the_result_and_documents_behind_all_results() {
        JsonNode messages = sent(Wire.ANTHROPIC, conversation()).path("messages");

        assertThat(each(messages, "role")).containsExactly("user", "assistant", "user", "user");
        JsonNode results = messages.get(2).path("content");
        assertThat(each(results, "type")).containsExactly("tool_result", "tool_result", "tool_result");
        JsonNode screen = results.get(0).path("content");
        assertThat(screen.path(0).path("text").asText()).isEqualTo("a screen");
        assertThat(screen.path(1).path("type").asText()).isEqualTo("image");
        assertThat(screen.path(1).path("source"))
                .isEqualTo(Json.parse("{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"aW1n\"}")
                        .as(JsonNode.class));
        JsonNode behind = messages.get(3).path("content");
        assertThat(each(behind, "type")).containsExactly("text", "document");
        assertThat(behind.path(0).path("text").asText()).isEqualTo("[shown by Read, call c]");
        assertThat(behind.path(1).path("source").path("data").asText()).isEqualTo("cGRm");
        assertThat(behind.path(1).path("source").path("media_type").asText()).isEqualTo("application/pdf");
    }

    @Test
    void openai_has_both_in_a_users_message_behind_all_results() {
        JsonNode messages = sent(Wire.OPENAI, conversation()).path("messages");

        assertThat(each(messages, "role")).containsExactly("user", "assistant", "tool", "tool", "tool", "user");
        assertThat(messages.get(2).path("content").asText()).isEqualTo("a screen");
        JsonNode behind = messages.get(5).path("content");
        assertThat(each(behind, "type")).containsExactly("text", "image_url", "text", "file");
        assertThat(behind.path(0).path("text").asText()).isEqualTo("[shown by Read, call a]");
        assertThat(behind.path(1).path("image_url").path("url").asText()).isEqualTo("data:image/png;base64,aW1n");
        assertThat(behind.path(3).path("file").path("file_data").asText())
                .isEqualTo("data:application/pdf;base64,cGRm");
    }

    @Test
    void gemini_has_both_in_the_same_content_behind_all_results() {
        JsonNode contents = sent(Wire.GEMINI, conversation()).path("contents");

        assertThat(each(contents, "role")).containsExactly("user", "model", "user");
        JsonNode parts = contents.get(2).path("parts");
        assertThat(StreamSupport.stream(parts.spliterator(), false)
                        .map(part -> part.fieldNames().next()))
                .containsExactly(
                        "functionResponse",
                        "functionResponse",
                        "functionResponse",
                        "text",
                        "inlineData",
                        "text",
                        "inlineData");
        assertThat(parts.get(4).path("inlineData"))
                .isEqualTo(Json.parse("{\"mimeType\":\"image/png\",\"data\":\"aW1n\"}")
                        .as(JsonNode.class));
        assertThat(parts.get(6).path("inlineData").path("mimeType").asText()).isEqualTo("application/pdf");
    }

    @Test
    void ollama_has_images_in_a_users_message_behind_all_results() {
        List<Message> conversation = conversation().subList(0, 4);
        JsonNode messages = sent(Wire.OLLAMA, conversation).path("messages");

        assertThat(each(messages, "role")).containsExactly("user", "assistant", "tool", "tool", "user");
        assertThat(messages.get(4).path("content").asText()).contains("[shown by Read, call a]");
        assertThat(messages.get(4).path("images"))
                .isEqualTo(Json.parse("[\"aW1n\"]").as(JsonNode.class));
    }

    /** Prompt caches go by the beginning of a request, byte by byte. */
    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"ANTHROPIC", "OPENAI", "GEMINI"})
    void the_next_request_begins_with_this_one(Wire wire) {
        List<Message> conversation = conversation();
        String messages = wire == Wire.GEMINI ? "contents" : "messages";
        String before = bare(sent(wire, conversation).path(messages));
        conversation.add(Message.Assistant.of("I see.", call("d")));
        conversation.add(new Message.ToolOutput("d", "Read", "more", false, List.of(IMAGE)));

        assertThat(bare(sent(wire, conversation).path(messages))).startsWith(before.substring(0, before.length() - 1));
    }

    private static String bare(JsonNode messages) {
        return messages.toString().replace(",\"cache_control\":{\"type\":\"ephemeral\"}", "");
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"OPENAI", "OLLAMA"})
    void a_user_speaks_in_the_same_message_as_what_is_shown(Wire wire) {
        List<Message> conversation = conversation().subList(0, 4);
        conversation.add(Message.User.of("Go on."));

        JsonNode messages = sent(wire, conversation).path("messages");

        assertThat(each(messages, "role")).containsExactly("user", "assistant", "tool", "tool", "user");
        assertThat(messages.get(4).toString()).contains("[shown by Read, call a]", "aW1n", "Go on.");
    }

    @Test
    void an_ollama_server_is_asked_once_whether_a_model_can_see() {
        try (var server = new WireServer(
                WireServer.json("{\"capabilities\":[\"completion\",\"tools\"]}"), WireServer.status(500, "gone"))) {
            Model model = Wire.OLLAMA.model(server);

            assertThat(model.takes("image/png")).isFalse();
            assertThat(model.takes("image/png")).isFalse();
            assertThat(model.takes("application/pdf")).isFalse();
            assertThat(server.requests()).hasSize(1);
            assertThat(server.request().line()).startsWith("POST /api/show");
            assertThat(server.request().json().path("model").asText()).isEqualTo("m");
        }
        try (var server = new WireServer(WireServer.json("{\"capabilities\":[\"completion\",\"vision\"]}"))) {
            assertThat(Wire.OLLAMA.model(server).takes("image/png")).isTrue();
        }
        try (var older = new WireServer(WireServer.status(404, "not found"))) {
            assertThat(Wire.OLLAMA.model(older).takes("image/png")).isTrue();
        }
    }
}
