package dev.yardmaster.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.event.Json;
import dev.yardmaster.model.Deadlines;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The four wire formats as the providers document them: what their replies look like, and where to look in requests. */
enum Wire {
    ANTHROPIC {
        @Override
        ModelProvider provider(Deadlines deadlines) {
            return new AnthropicProvider(deadlines);
        }

        @Override
        Map<String, String> environment(int port) {
            return Map.of("ANTHROPIC_API_KEY", KEY, "ANTHROPIC_BASE_URL", "http://127.0.0.1:" + port);
        }

        @Override
        String reply(String text, String finish, Call... calls) {
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
        List<String> stream(List<String> words, String finish, Call... calls) {
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
                    events.add(
                            block(index, "\"delta\":{\"type\":\"text_delta\",\"text\":" + quoted(word) + "}", "delta"));
                }
                events.add(block(index++, "", "stop"));
            }
            for (Call call : calls) {
                events.add(block(
                        index,
                        "\"content_block\":{\"type\":\"tool_use\",\"id\":\"" + call.id() + "\",\"name\":\""
                                + call.name() + "\",\"input\":{}}",
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
            return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + (rest.isEmpty() ? "" : "," + rest)
                    + "}\n\n";
        }

        @Override
        String error() {
            return event("error", "\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}");
        }

        @Override
        String finish(Finish finish) {
            return switch (finish) {
                case STOP -> "end_turn";
                case CALLS -> "tool_use";
                case LENGTH -> "max_tokens";
                case FILTER -> "refusal";
            };
        }

        @Override
        Sent sent(JsonNode body) {
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
        String keyHeader() {
            return "x-api-key";
        }
    },
    OPENAI {
        @Override
        ModelProvider provider(Deadlines deadlines) {
            return new OpenAiProvider(deadlines);
        }

        @Override
        Map<String, String> environment(int port) {
            return Map.of("OPENAI_API_KEY", KEY, "OPENAI_BASE_URL", "http://127.0.0.1:" + port + "/v1");
        }

        @Override
        String reply(String text, String finish, Call... calls) {
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
        List<String> stream(List<String> words, String finish, Call... calls) {
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
            events.add(
                    "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                            + "\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":7,\"total_tokens\":19}}\n\n");
            events.add("data: [DONE]\n\n");
            return events;
        }

        private String chunk(String delta, String finish) {
            return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
                    + "[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}\n\n";
        }

        @Override
        String error() {
            return "data: {\"error\":{\"message\":\"busy\",\"type\":\"server_error\",\"code\":\"rate_limit_exceeded\"}}\n\n";
        }

        @Override
        String finish(Finish finish) {
            return switch (finish) {
                case STOP -> "stop";
                case CALLS -> "tool_calls";
                case LENGTH -> "length";
                case FILTER -> "content_filter";
            };
        }

        @Override
        Sent sent(JsonNode body) {
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
        String keyHeader() {
            return "authorization";
        }
    },
    GEMINI {
        @Override
        ModelProvider provider(Deadlines deadlines) {
            return new GeminiProvider(deadlines);
        }

        @Override
        Map<String, String> environment(int port) {
            return Map.of("GEMINI_API_KEY", KEY, "GOOGLE_GEMINI_BASE_URL", "http://127.0.0.1:" + port);
        }

        @Override
        String reply(String text, String finish, Call... calls) {
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
        List<String> stream(List<String> words, String finish, Call... calls) {
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
        String error() {
            return "data: {\"error\":{\"code\":503,\"message\":\"overloaded\",\"status\":\"UNAVAILABLE\"}}\n\n";
        }

        @Override
        String finish(Finish finish) {
            return switch (finish) {
                case STOP, CALLS -> "STOP";
                case LENGTH -> "MAX_TOKENS";
                case FILTER -> "SAFETY";
            };
        }

        @Override
        Sent sent(JsonNode body) {
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
                                    + part.path("functionResponse")
                                            .path("response")
                                            .toString()),
                    body.path("contents")
                            .path(0)
                            .path("parts")
                            .path(1)
                            .path("inlineData")
                            .path("data")
                            .asText());
        }

        @Override
        String keyHeader() {
            return "x-goog-api-key";
        }
    },
    OLLAMA {
        @Override
        ModelProvider provider(Deadlines deadlines) {
            return new OllamaProvider(deadlines);
        }

        @Override
        Map<String, String> environment(int port) {
            return Map.of("OLLAMA_HOST", "127.0.0.1:" + port);
        }

        @Override
        String reply(String text, String finish, Call... calls) {
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
        List<String> stream(List<String> words, String finish, Call... calls) {
            var events = new ArrayList<String>();
            words.forEach(word -> events.add(message(word) + ",\"done\":false}\n"));
            if (calls.length > 0) {
                events.add(message("", calls) + ",\"done\":false}\n");
            }
            events.add(reply("", finish) + "\n");
            return events;
        }

        @Override
        String error() {
            return "{\"error\":\"the model runner has stopped\"}\n";
        }

        @Override
        String finish(Finish finish) {
            return finish == Finish.LENGTH ? "length" : "stop";
        }

        @Override
        Sent sent(JsonNode body) {
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
        String keyHeader() {
            return "";
        }
    };

    static final String KEY = "test-KEYKEYKEY-1";

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

    abstract ModelProvider provider(Deadlines deadlines);

    abstract Map<String, String> environment(int port);

    abstract String reply(String text, String finish, Call... calls);

    abstract List<String> stream(List<String> words, String finish, Call... calls);

    /** An error in the middle of a stream. */
    abstract String error();

    abstract String finish(Finish finish);

    abstract Sent sent(JsonNode body);

    /** Empty when there is no key. */
    abstract String keyHeader();

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

    private static String quoted(String text) {
        return Json.of(text).text();
    }

    private static List<String> halves(String text) {
        return List.of(text.substring(0, text.length() / 2), text.substring(text.length() / 2));
    }

    private static String joined(Call[] calls, java.util.function.Function<Call, String> each) {
        return List.of(calls).stream().map(each).collect(Collectors.joining(","));
    }

    private static String text(JsonNode content) {
        return content.isArray() ? content.path(0).path("text").asText() : content.asText();
    }

    private static List<String> each(JsonNode array, java.util.function.Function<JsonNode, String> text) {
        return IntStream.range(0, array.size())
                .mapToObj(i -> text.apply(array.get(i)))
                .toList();
    }
}
