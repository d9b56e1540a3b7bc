package dev.yardmaster.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.event.Json;

/**
 * Says to Anthropic which beginnings of a request are worth keeping in
 * <a href="https://platform.claude.com/docs/en/build-with-claude/prompt-caching">its cache</a>: the tools with the system
 * message, all that the request before this one had, and all that this one has. So each turn of an agent reads what the
 * turn before it wrote, and writes what is new. OpenAI and Gemini do that by themselves.
 */
final class CacheMarks {

    private static final String MARK = "cache_control";

    private CacheMarks() {}

    static String anthropic(String request) {
        if (!(Json.parse(request).as(JsonNode.class) instanceof ObjectNode root)) {
            return request;
        }
        if (!mark(root.path("system"))) {
            mark(root.path("tools"));
        }
        JsonNode messages = root.path("messages");
        int end = messages.size() - 1;
        markContent(messages.path(end));
        markContent(messages.path(lastOfEarlierRequest(messages, end)));
        return root.toString();
    }

    /** Where the request ended whose reply is the last one in here; -1 when there was none. */
    private static int lastOfEarlierRequest(JsonNode messages, int end) {
        int at = end;
        while (at >= 0 && !role(messages, at).equals("assistant")) {
            at--;
        }
        while (at >= 0 && role(messages, at).equals("assistant")) {
            at--;
        }
        return at;
    }

    private static String role(JsonNode messages, int at) {
        return messages.path(at).path("role").asText();
    }

    private static void markContent(JsonNode message) {
        if (message instanceof ObjectNode object && object.path("content").isTextual()) {
            String text = object.path("content").asText();
            object.putArray("content").addObject().put("type", "text").put("text", text);
        }
        mark(message.path("content"));
    }

    /** Marks the last of several. @return whether there is one */
    private static boolean mark(JsonNode several) {
        boolean any = several instanceof ArrayNode && several.path(several.size() - 1) instanceof ObjectNode;
        if (any) {
            ((ObjectNode) several.path(several.size() - 1)).putObject(MARK).put("type", "ephemeral");
        }
        return any;
    }
}
