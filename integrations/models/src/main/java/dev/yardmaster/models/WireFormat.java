package dev.yardmaster.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import dev.yardmaster.model.HttpStatusException;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelException.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What has to be known of each provider's JSON to tell a whole reply from a part of one, an error, or somebody else's
 * page. Everything else in it is langchain4j's to read.
 */
enum WireFormat {
    /** <a href="https://platform.claude.com/docs/en/build-with-claude/streaming">Messages</a> */
    ANTHROPIC("stop_reason", Set.of("refusal"), Set.of()) {
        @Override
        String request(String body) {
            return CacheMarks.anthropic(body);
        }

        @Override
        boolean last(JsonNode event) {
            return event.path("type").asText().equals("message_stop");
        }

        @Override
        JsonNode holderOfReason(JsonNode json) {
            return json.has("delta") ? json.path("delta") : json;
        }

        @Override
        boolean whole(JsonNode reply) {
            return reply.path("content").isArray();
        }
    },
    /** <a href="https://developers.openai.com/api/reference/resources/chat">Chat completions</a> */
    OPENAI("finish_reason", Set.of("content_filter"), Set.of()) {
        @Override
        JsonNode holderOfReason(JsonNode json) {
            return json.path("choices").path(0);
        }

        @Override
        boolean whole(JsonNode reply) {
            return reply.path("choices").path(0).path("message").isObject();
        }
    },
    /** <a href="https://ai.google.dev/api/generate-content">generateContent</a> */
    GEMINI(
            "finishReason",
            Set.of("SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE", "IMAGE_SAFETY"),
            Set.of("MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "MISSING_THOUGHT_SIGNATURE")) {
        @Override
        String request(String body) {
            return Mending.geminiTurns(body);
        }

        @Override
        JsonNode holderOfReason(JsonNode json) {
            return json.path("candidates").path(0);
        }

        @Override
        boolean whole(JsonNode reply) {
            return reply.path("candidates").path(0).isObject();
        }
    },
    /** <a href="https://docs.ollama.com/api/chat">chat</a> */
    OLLAMA("done_reason", Set.of(), Set.of()) {
        @Override
        boolean last(JsonNode event) {
            return event.path("done").asBoolean();
        }

        @Override
        boolean whole(JsonNode reply) {
            return reply.path("message").isObject() && reply.path("done").asBoolean();
        }
    },
    /** Any JSON object; for questions that are no request to a model. */
    ANY("", Set.of(), Set.of()) {
        @Override
        boolean whole(JsonNode reply) {
            return true;
        }
    };

    /** What follows the last event of a stream of OpenAI's format. */
    private static final String DONE = "[DONE]";

    /** The statuses that errors would have had, had they come before the stream began. */
    private static final Map<String, Integer> STATUSES = Map.ofEntries(
            Map.entry("invalid_request_error", 400),
            Map.entry("authentication_error", 401),
            Map.entry("billing_error", 402),
            Map.entry("permission_error", 403),
            Map.entry("not_found_error", 404),
            Map.entry("request_too_large", 413),
            Map.entry("rate_limit_error", 429),
            Map.entry("rate_limit_exceeded", 429),
            Map.entry("timeout_error", 504),
            Map.entry("overloaded_error", 529));

    private final String reasonKey;
    private final Set<String> filtered;
    private final Set<String> broken;

    WireFormat(String reasonKey, Set<String> filtered, Set<String> broken) {
        this.reasonKey = reasonKey;
        this.filtered = filtered;
        this.broken = broken;
    }

    /** The request as the provider wants it. */
    String request(String body) {
        return body;
    }

    /** Whether nothing that belongs to the reply's text and calls can follow this event. */
    boolean last(JsonNode event) {
        return reason(event).isPresent();
    }

    /** Where the reason stands why a reply ended. */
    JsonNode holderOfReason(JsonNode json) {
        return json;
    }

    /** Whether a reply that was not streamed has what it needs. */
    abstract boolean whole(JsonNode reply);

    private Optional<String> reason(JsonNode json) {
        JsonNode reason = holderOfReason(json).path(reasonKey);
        return reason.isTextual() ? Optional.of(reason.asText()) : Optional.empty();
    }

    /**
     * Looks at an event of a stream.
     *
     * @return whether it is the reply's last
     * @throws HttpStatusException when it is an error
     * @throws ModelException when it is no event, or says that there will be no reply
     */
    boolean event(String data) {
        if (data.isBlank()) {
            return false;
        }
        if (data.strip().equals(DONE)) {
            return true;
        }
        JsonNode event = json(data, "sent something else in the middle of its reply");
        check(event, data);
        return last(event);
    }

    /**
     * Looks at a reply that was not streamed.
     *
     * @throws HttpStatusException when it is an error after all
     * @throws ModelException when it is none
     */
    void reply(String body) {
        JsonNode reply = json(body, "sent something that is no reply");
        check(reply, body);
        if (!whole(reply)) {
            throw new ModelException(Kind.TRANSIENT, "the provider sent no whole reply; try again: " + shortened(body));
        }
    }

    private static JsonNode json(String text, String problem) {
        try {
            JsonNode json = text.isBlank() ? null : Json.parse(text).as(JsonNode.class);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (InvalidJsonException e) {
            // told below
        }
        throw new ModelException(Kind.TRANSIENT, "the provider " + problem + "; try again: " + shortened(text));
    }

    private void check(JsonNode json, String text) {
        JsonNode error = json.path("error");
        if (!error.isMissingNode() && !error.isNull()) {
            throw new HttpStatusException(status(error), text, Optional.empty());
        }
        String blocked = json.path("promptFeedback").path("blockReason").asText("");
        String reason = reason(json).orElse(blocked);
        if (!blocked.isEmpty() || filtered.contains(reason)) {
            throw new ModelException(
                    Kind.CONTENT_FILTERED,
                    "the provider's content filter ended the reply ('" + reason + "'); ask differently");
        }
        if (broken.contains(reason)) {
            throw new ModelException(
                    Kind.TRANSIENT, "the model failed to make a tool call ('" + reason + "'); try again");
        }
        if (reason.equals("model_context_window_exceeded")) {
            throw new ModelException(
                    Kind.CONTEXT_TOO_LONG, "the reply did not fit the model's context window; compact the transcript");
        }
    }

    /** Gemini has a number, the others words; what is unknown is the server's trouble. */
    private static int status(JsonNode error) {
        if (error.path("code").canConvertToInt()) {
            return error.path("code").asInt();
        }
        int byType = STATUSES.getOrDefault(error.path("type").asText(""), 500);
        return STATUSES.getOrDefault(error.path("code").asText(""), byType);
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.isEmpty() ? "nothing at all" : line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }
}
