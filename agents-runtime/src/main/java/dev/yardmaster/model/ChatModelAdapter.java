package dev.yardmaster.model;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Usage;
import dev.yardmaster.tool.ToolCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A langchain4j model behind {@link Model}: translates messages both ways and sorts what goes wrong. Turn the model's
 * own retries off ({@code maxRetries(0)}); the runtime retries.
 *
 * <p>Arguments that are no JSON object reach the runtime as a JSON string, so that the model can be told. A reply that
 * was cut off at its token limit loses its tool calls: half a call is never run.
 */
public final class ChatModelAdapter implements Model {

    private final String name;
    private final ChatModel model;

    /** @param name the model's full name, for people and meters */
    public ChatModelAdapter(String name, ChatModel model) {
        this.name = name;
        this.model = model;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ModelReply reply(ModelRequest request) {
        ChatResponse response;
        try {
            response = model.chat(ChatRequest.builder()
                    .messages(request.messages().stream()
                            .map(ChatModelAdapter::theirs)
                            .toList())
                    .toolSpecifications(request.tools().stream()
                            .map(ChatModelAdapter::theirs)
                            .toList())
                    .build());
        } catch (RuntimeException e) {
            throw ModelFaults.of(name, e);
        }
        if (response == null || response.aiMessage() == null) {
            throw new ModelException(ModelException.Kind.TRANSIENT, "model '" + name + "' gave an empty reply");
        }
        return ours(response);
    }

    private static ModelReply ours(ChatResponse response) {
        AiMessage message = response.aiMessage();
        ModelReply.Finish finish = finish(response.finishReason(), message.hasToolExecutionRequests());
        List<ToolCall> calls = finish == ModelReply.Finish.LENGTH ? List.of() : calls(message);
        var attributes = new TreeMap<String, String>();
        message.attributes().forEach((key, value) -> attributes.put(key, String.valueOf(value)));
        String text = message.text() == null ? "" : message.text();
        return new ModelReply(new Message.Assistant(text, calls, attributes), usage(response.tokenUsage()), finish);
    }

    private static ModelReply.Finish finish(FinishReason reason, boolean calls) {
        return switch (reason) {
            case null -> calls ? ModelReply.Finish.TOOL_CALLS : ModelReply.Finish.OTHER;
            case STOP -> calls ? ModelReply.Finish.TOOL_CALLS : ModelReply.Finish.STOP;
            case TOOL_EXECUTION -> ModelReply.Finish.TOOL_CALLS;
            case LENGTH -> ModelReply.Finish.LENGTH;
            case CONTENT_FILTER -> ModelReply.Finish.CONTENT_FILTER;
            case OTHER -> ModelReply.Finish.OTHER;
        };
    }

    private static Usage usage(TokenUsage usage) {
        return usage == null
                ? Usage.none()
                : new Usage(count(usage.inputTokenCount()), count(usage.outputTokenCount()));
    }

    private static long count(Integer tokens) {
        return tokens == null ? 0 : Math.max(0, tokens);
    }

    /** Ids that are missing or used twice are replaced, so that every result finds its call. */
    private static List<ToolCall> calls(AiMessage message) {
        var calls = new ArrayList<ToolCall>();
        var ids = new HashSet<String>();
        for (ToolExecutionRequest request : message.toolExecutionRequests()) {
            String id = request.id() == null || request.id().isBlank() ? "call" : request.id();
            while (!ids.add(id)) {
                id = id + "-" + (calls.size() + 1);
            }
            calls.add(new ToolCall(id, request.name() == null ? "" : request.name(), arguments(request.arguments())));
        }
        return calls;
    }

    private static Json arguments(String text) {
        if (text == null || text.isBlank()) {
            return Json.of(Map.of());
        }
        try {
            return Json.parse(text);
        } catch (InvalidJsonException e) {
            return Json.of(text);
        }
    }

    private static ChatMessage theirs(Message message) {
        return switch (message) {
            case Message.System system -> SystemMessage.from(system.text());
            case Message.User user ->
                UserMessage.from(
                        user.parts().stream().map(ChatModelAdapter::theirs).toList());
            case Message.Assistant assistant ->
                AiMessage.builder()
                        .text(assistant.text().isEmpty() ? null : assistant.text())
                        .toolExecutionRequests(assistant.calls().stream()
                                .map(ChatModelAdapter::theirs)
                                .toList())
                        .attributes(Map.copyOf(assistant.attributes()))
                        .build();
            case Message.ToolOutput output ->
                ToolExecutionResultMessage.builder()
                        .id(output.callId())
                        .toolName(output.tool())
                        .text(output.text().isEmpty() ? "(no output)" : output.text())
                        .isError(output.error())
                        .build();
        };
    }

    private static Content theirs(Part part) {
        return switch (part) {
            case Part.Text text -> TextContent.from(text.text());
            case Part.Image image -> ImageContent.from(image.base64(), image.mediaType());
        };
    }

    private static ToolExecutionRequest theirs(ToolCall call) {
        return ToolExecutionRequest.builder()
                .id(call.id())
                .name(call.name())
                .arguments(call.arguments().text())
                .build();
    }

    private static ToolSpecification theirs(ToolSchema tool) {
        return ToolSpecification.fromJson(
                Json.of(Map.of("name", tool.name(), "description", tool.description(), "parameters", tool.parameters()))
                        .text());
    }
}
