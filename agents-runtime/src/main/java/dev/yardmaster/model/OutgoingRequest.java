package dev.yardmaster.model;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.PdfFileContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.yardmaster.event.DataUri;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import dev.yardmaster.tool.Attachment;
import dev.yardmaster.tool.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Our request in langchain4j's types. */
final class OutgoingRequest {

    /** Under which attribute a model's thinking is kept; its signature, where there is one, is an attribute too. */
    static final String THINKING = "thinking";

    private OutgoingRequest() {}

    /**
     * What a provider's client takes.
     *
     * @param raw see {@link ToolParameters#of}
     * @param images whether results may hold images; where not, and for documents, a user's message behind the results shows
     *     them
     */
    record Client(boolean raw, boolean images) {

        static Client of(dev.langchain4j.model.@Nullable ModelProvider provider) {
            return new Client(
                    provider != dev.langchain4j.model.ModelProvider.GOOGLE_AI_GEMINI,
                    provider == dev.langchain4j.model.ModelProvider.ANTHROPIC);
        }
    }

    /** @throws IllegalArgumentException when the request cannot be sent; says why */
    static ChatRequest of(ModelRequest request, Client client) {
        if (request.messages().stream().allMatch(Message.System.class::isInstance)) {
            throw new IllegalArgumentException("it holds no message for the model to answer; add a user message");
        }
        return ChatRequest.builder()
                .messages(messages(request.messages(), client))
                .toolSpecifications(request.tools().stream()
                        .map(each -> tool(each, client.raw()))
                        .toList())
                .build();
    }

    /**
     * What results show follows the last result of a turn, as results have to follow their calls. A summary behind a user's
     * message becomes a part of it, as does what a user says behind what results show: some models want users and assistants
     * to take turns.
     */
    private static List<ChatMessage> messages(List<Message> messages, Client client) {
        var sent = new ArrayList<ChatMessage>();
        List<Content> shown = new ArrayList<>();
        for (Message each : messages) {
            if (each instanceof Message.ToolOutput output) {
                shown.addAll(behind(output, client));
            }
            boolean user = each instanceof Message.User;
            boolean joins = user && !shown.isEmpty() || each instanceof Message.Summary;
            if (!(each instanceof Message.ToolOutput) && !shown.isEmpty()) {
                sent.add(UserMessage.from(shown));
                shown = new ArrayList<>();
            }
            ChatMessage next = message(each, client);
            if (joins && !sent.isEmpty() && sent.getLast() instanceof UserMessage before) {
                var contents = new ArrayList<>(before.contents());
                contents.addAll(((UserMessage) next).contents());
                sent.set(sent.size() - 1, UserMessage.from(contents));
            } else {
                sent.add(next);
            }
        }
        if (!shown.isEmpty()) {
            sent.add(UserMessage.from(shown));
        }
        return sent;
    }

    /** What has no place in a result. */
    private static List<Content> behind(Message.ToolOutput output, Client client) {
        var contents = new ArrayList<Content>();
        for (Attachment each : output.attachments()) {
            if (!client.images() || !each.isImage()) {
                if (contents.isEmpty()) {
                    contents.add(TextContent.from("[shown by " + output.tool() + ", call " + output.callId() + "]"));
                }
                contents.add(content(each));
            }
        }
        return contents;
    }

    private static Content content(Attachment attachment) {
        DataUri data = attachment.data();
        return attachment.isPdf()
                ? PdfFileContent.from(data.base64(), data.mediaType())
                : ImageContent.from(data.base64(), data.mediaType());
    }

    private static ToolExecutionResultMessage result(Message.ToolOutput output, Client client) {
        String text = output.text().isBlank() ? "(no output)" : output.text();
        ToolExecutionResultMessage.Builder result = ToolExecutionResultMessage.builder()
                .id(output.callId())
                .toolName(output.tool())
                .isError(output.error());
        List<Content> images = client.images()
                ? output.attachments().stream()
                        .filter(Attachment::isImage)
                        .map(OutgoingRequest::content)
                        .toList()
                : List.of();
        if (images.isEmpty()) {
            return result.text(text).build();
        }
        var contents = new ArrayList<Content>();
        contents.add(TextContent.from(text));
        contents.addAll(images);
        return result.contents(contents).build();
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

    private static ChatMessage message(Message message, Client client) {
        return switch (message) {
            case Message.System system -> SystemMessage.from(system.text());
            case Message.User user -> user(user);
            case Message.Summary summary -> UserMessage.from(summary.text());
            case Message.Assistant assistant -> assistant(assistant);
            case Message.ToolOutput output -> result(output, client);
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
