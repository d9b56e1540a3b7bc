package dev.yardmaster.benchmark.subject;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;

/** Replies at once: first with a call, then with the answer. */
final class StubChatModel implements ChatModel {

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return ChatResponse.builder().aiMessage(reply(request)).build();
    }

    private static AiMessage reply(ChatRequest request) {
        if (request.messages().getLast() instanceof ToolExecutionResultMessage) {
            return AiMessage.from(Subject.ANSWER);
        }
        return AiMessage.from(ToolExecutionRequest.builder()
                .id("1")
                .name("weather")
                .arguments("{\"city\": \"" + Subject.CITY + "\"}")
                .build());
    }
}
