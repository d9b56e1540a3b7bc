package dev.yardmaster.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yardmaster.event.Json;

/** Two things that langchain4j 1.19 gets wrong about parallel tool calls, put right in the JSON on its way. */
final class Mending {

    private Mending() {}

    /**
     * Gemini wants the results of one turn's calls in one content, and refuses the request otherwise; langchain4j sends one
     * content for each result. Here neighbours of the same role become one.
     */
    static String geminiTurns(String request) {
        if (!request.contains("\"functionResponse\"")) {
            return request;
        }
        JsonNode root = Json.parse(request).as(JsonNode.class);
        JsonNode contents = root.path("contents");
        ArrayNode merged = ((ObjectNode) root).arrayNode();
        for (JsonNode content : contents) {
            JsonNode previous = merged.path(merged.size() - 1);
            if (previous.path("role").equals(content.path("role"))
                    && previous.path("parts") instanceof ArrayNode parts) {
                content.path("parts").forEach(parts::add);
            } else {
                merged.add(content);
            }
        }
        ((ObjectNode) root).set("contents", merged);
        return root.toString();
    }

    /**
     * Ollama streams each call whole, and older servers without an index; langchain4j takes calls of the same index, or
     * none, for pieces of one. Here each call gets its own.
     *
     * @param seen how many calls of the reply came before
     */
    static String ollamaCalls(String event, int seen) {
        JsonNode root = Json.parse(event).as(JsonNode.class);
        int index = seen;
        for (JsonNode call : root.path("message").path("tool_calls")) {
            if (call.path("function") instanceof ObjectNode function) {
                function.put("index", index++);
            }
        }
        return root.toString();
    }
}
