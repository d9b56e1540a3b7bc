package dev.yardmaster.model;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Usage;
import dev.yardmaster.model.ModelReply.Finish;
import dev.yardmaster.tool.ToolCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** langchain4j's reply in our types. */
final class IncomingReply {

    private IncomingReply() {}

    /** @param asked what this is the reply to; its calls' ids are not given out again @param counting reads the counts of tokens */
    static ModelReply of(ChatResponse response, ModelRequest asked, Function<TokenUsage, Usage> counting) {
        AiMessage message = response.aiMessage();
        Finish finish = finish(response.finishReason(), message.hasToolExecutionRequests());
        boolean cutOff = finish == Finish.LENGTH || finish == Finish.CONTENT_FILTER;
        List<ToolCall> calls = cutOff ? List.of() : calls(message, asked.messages());
        String text = message.text() == null ? "" : message.text();
        return new ModelReply(
                new Message.Assistant(text, calls, attributes(message)),
                usage(response.tokenUsage(), counting),
                finish);
    }

    private static Finish finish(@Nullable FinishReason reason, boolean calls) {
        return switch (reason) {
            case null -> calls ? Finish.TOOL_CALLS : Finish.OTHER;
            case STOP -> calls ? Finish.TOOL_CALLS : Finish.STOP;
            case TOOL_EXECUTION -> calls ? Finish.TOOL_CALLS : Finish.STOP;
            case LENGTH -> Finish.LENGTH;
            case CONTENT_FILTER -> Finish.CONTENT_FILTER;
            case OTHER -> Finish.OTHER;
        };
    }

    private static Usage usage(@Nullable TokenUsage usage, Function<TokenUsage, Usage> counting) {
        return usage == null ? Usage.none() : counting.apply(usage);
    }

    /** What any client says of tokens. */
    static Usage counted(TokenUsage usage) {
        return new Usage(count(usage.inputTokenCount()), count(usage.outputTokenCount()));
    }

    private static long count(@Nullable Integer tokens) {
        return tokens == null ? 0 : Math.max(0, tokens);
    }

    private static List<ToolCall> calls(AiMessage message, List<Message> transcript) {
        var ids = new HashSet<String>();
        int turn = 1;
        for (Message each : transcript) {
            if (each instanceof Message.Assistant assistant) {
                turn++;
                assistant.calls().forEach(call -> ids.add(call.id()));
            }
        }
        var calls = new ArrayList<ToolCall>();
        for (ToolExecutionRequest request : message.toolExecutionRequests()) {
            String id = freshId(request.id(), turn, calls.size() + 1, ids);
            calls.add(new ToolCall(id, request.name() == null ? "" : request.name(), arguments(request.arguments())));
        }
        return calls;
    }

    /** The id that was given, unless it is missing or taken: every result has to find its call. */
    private static String freshId(@Nullable String given, int turn, int call, Set<String> taken) {
        String place = turn + "-" + call;
        String id = given == null || given.isBlank() ? "call-" + place : given;
        while (!taken.add(id)) {
            id = id + "-" + place;
        }
        return id;
    }

    private static Json arguments(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return Json.of(Map.of());
        }
        try {
            Json arguments = Json.parse(text);
            return arguments.as(Object.class) instanceof Map<?, ?> ? arguments : Json.of(text);
        } catch (InvalidJsonException e) {
            return Json.of(text);
        }
    }

    /** Each value as a JSON text, so that lists and numbers go back as what they were. */
    private static Map<String, String> attributes(AiMessage message) {
        var attributes = new TreeMap<String, String>();
        message.attributes().forEach((key, value) -> {
            if (portable(value)) {
                attributes.put(key, Json.of(value).text());
            }
        });
        if (message.thinking() != null) {
            attributes.put(OutgoingRequest.THINKING, Json.of(message.thinking()).text());
        }
        return attributes;
    }

    /** Whether a value comes back from JSON as what it was. Others, such as generated images, are left out. */
    private static boolean portable(@Nullable Object value) {
        return switch (value) {
            case String text -> true;
            case Boolean flag -> true;
            case Integer number -> true;
            case Long number -> true;
            case Double number -> true;
            case List<?> list -> list.stream().allMatch(IncomingReply::portable);
            case Map<?, ?> map ->
                map.keySet().stream().allMatch(String.class::isInstance)
                        && map.values().stream().allMatch(IncomingReply::portable);
            case null -> false;
            default -> false;
        };
    }
}
