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
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import dev.yardmaster.tool.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our request in langchain4j's types. */
final class OutgoingRequest {

    /** Under which attribute a model's thinking is kept; its signature, where there is one, is an attribute too. */
    static final String THINKING = "thinking";

    private OutgoingRequest() {}

    /**
     * @param raw see {@link ToolParameters#of}
     * @throws IllegalArgumentException when the request cannot be sent; says why
     */
    static ChatRequest of(ModelRequest request, boolean raw) {
        if (request.messages().stream().allMatch(Message.System.class::isInstance)) {
            throw new IllegalArgumentException("it holds no message for the model to answer; add a user message");
        }
        return ChatRequest.builder()
                .messages(messages(request.messages()))
                .toolSpecifications(
                        request.tools().stream().map(each -> tool(each, raw)).toList())
                .build();
    }

    /** A summary behind a user's message becomes a part of it: some models want users and assistants to take turns. */
    private static List<ChatMessage> messages(List<Message> messages) {
        var sent = new ArrayList<ChatMessage>();
        for (Message each : messages) {
            if (each instanceof Message.Summary summary
                    && !sent.isEmpty()
                    && sent.getLast() instanceof UserMessage user) {
                var contents = new ArrayList<>(user.contents());
                contents.add(TextContent.from(summary.text()));
                sent.set(sent.size() - 1, UserMessage.from(contents));
            } else {
                sent.add(message(each));
            }
        }
        return sent;
    }

    private static ToolSpecification tool(ToolSchema tool, boolean raw) {
        try {
            return ToolSpecification.builder()
                    .name(tool.name())
                    .description(tool.description())
                    .parameters(ToolParameters.of(tool.parameters(), raw))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("tool '" + tool.name() + "': " + e.getMessage(), e);
        }
    }

    private static ChatMessage message(Message message) {
        return switch (message) {
            case Message.System system -> SystemMessage.from(system.text());
            case Message.User user -> user(user);
            case Message.Summary summary -> UserMessage.from(summary.text());
            case Message.Assistant assistant -> assistant(assistant);
            case Message.ToolOutput output ->
                ToolExecutionResultMessage.builder()
                        .id(output.callId())
                        .toolName(output.tool())
                        .text(output.text().isBlank() ? "(no output)" : output.text())
                        .isError(output.error())
                        .build();
        };
    }

    private static UserMessage user(Message.User user) {
        List<Content> contents =
                user.parts().stream().map(OutgoingRequest::content).toList();
        return UserMessage.from(contents.isEmpty() ? List.of(TextContent.from("(empty)")) : contents);
    }

    private static Content content(Part part) {
        return switch (part) {
            case Part.Text text -> TextContent.from(text.text().isBlank() ? "(empty)" : text.text());
            case Part.Image image -> ImageContent.from(image.base64(), image.mediaType());
        };
    }

    private static AiMessage assistant(Message.Assistant assistant) {
        var attributes = new LinkedHashMap<String, Object>();
        assistant.attributes().forEach((key, text) -> attributes.put(key, value(text)));
        Object thinking = attributes.remove(THINKING);
        AiMessage.Builder message = AiMessage.builder()
                .toolExecutionRequests(
                        assistant.calls().stream().map(OutgoingRequest::call).toList())
                .attributes(attributes);
        if (!assistant.text().isBlank()) {
            message.text(assistant.text());
        } else if (assistant.calls().isEmpty()) {
            message.text("(empty reply)"); // providers refuse a message that holds nothing
        }
        return thinking instanceof String text ? message.thinking(text).build() : message.build();
    }

    private static Object value(String json) {
        try {
            return Json.parse(json).as(Object.class);
        } catch (InvalidJsonException e) {
            return json;
        }
    }

    private static ToolExecutionRequest call(ToolCall call) {
        Object arguments = call.arguments().as(Object.class);
        Json sent = arguments instanceof Map<?, ?>
                ? call.arguments()
                : Json.of(Map.of("malformed_arguments", call.arguments())); // some clients parse them again
        return ToolExecutionRequest.builder()
                .id(call.id())
                .name(call.name())
                .arguments(sent.text())
                .build();
    }
}
