package dev.yardmaster.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Usage;
import dev.yardmaster.tool.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatModelAdapterTest {

    /** Answers the same each time and keeps what it was asked. */
    private static final class Canned implements ChatModel {
        private final ChatResponse response;
        private final List<ChatRequest> asked = new ArrayList<>();

        Canned(ChatResponse response) {
            this.response = response;
        }

        @Override
        public ChatResponse doChat(ChatRequest request) {
            asked.add(request);
            return response;
        }

        @Override
        public ChatRequestParameters defaultRequestParameters() {
            return ChatRequestParameters.builder().modelName("canned-1").build();
        }
    }

    private static final ModelRequest HELLO = new ModelRequest("a", List.of(Message.User.of("hello")), List.of());

    private static ChatResponse response(AiMessage message, FinishReason reason) {
        return ChatResponse.builder().aiMessage(message).finishReason(reason).build();
    }

    private static ModelReply reply(AiMessage message, FinishReason reason) {
        return new ChatModelAdapter("x:canned", new Canned(response(message, reason))).reply(HELLO);
    }

    private static ToolExecutionRequest call(String id, String name, String arguments) {
        return ToolExecutionRequest.builder()
                .id(id)
                .name(name)
                .arguments(arguments)
                .build();
    }

    private static ChatRequest sent(List<Message> messages, ToolSchema... tools) {
        var model = new Canned(response(AiMessage.from("ok"), FinishReason.STOP));
        new ChatModelAdapter("x:canned", model).reply(new ModelRequest("a", messages, List.of(tools)));
        return model.asked.getFirst();
    }

    @Nested
    class What_the_model_is_sent {

        @Test
        void is_the_transcript_message_by_message() {
            var request = sent(List.of(
                    new Message.System("be brief"),
                    new Message.User(List.of(new Part.Text("look"), new Part.Image("image/png", "aGk="))),
                    Message.Assistant.of("reading", new ToolCall("c1", "Read", Json.parse("{\"f\":1}"))),
                    new Message.ToolOutput("c1", "Read", "gone", true)));

            assertThat(request.messages())
                    .containsExactly(
                            SystemMessage.from("be brief"),
                            UserMessage.from(TextContent.from("look"), ImageContent.from("aGk=", "image/png")),
                            AiMessage.from("reading", List.of(call("c1", "Read", "{\"f\":1}"))),
                            ToolExecutionResultMessage.builder()
                                    .id("c1")
                                    .toolName("Read")
                                    .text("gone")
                                    .isError(true)
                                    .build());
        }

        @Test
        void is_never_an_empty_text_which_providers_refuse() {
            var request = sent(List.of(
                    new Message.User(List.of()),
                    Message.Assistant.of(""),
                    new Message.ToolOutput("c1", "Bash", "", false)));

            assertThat(((UserMessage) request.messages().get(0)).singleText()).isEqualTo("(empty)");
            assertThat(((AiMessage) request.messages().get(1)).text()).isEqualTo("(empty reply)");
            assertThat(((ToolExecutionResultMessage) request.messages().get(2)).text())
                    .isEqualTo("(no output)");
        }

        @Test
        void holds_the_tools_with_their_schemas() {
            var request = sent(
                    HELLO.messages(),
                    new ToolSchema(
                            "Read",
                            "Reads a file",
                            Json.parse("{\"type\":\"object\",\"properties\":{\"p\":{\"type\":\"string\"}},"
                                    + "\"required\":[\"p\"]}")));

            assertThat(request.toolSpecifications()).singleElement().satisfies(tool -> {
                assertThat(tool.name()).isEqualTo("Read");
                assertThat(tool.description()).isEqualTo("Reads a file");
                assertThat(tool.parameters().required()).containsExactly("p");
            });
        }

        @Test
        void is_refused_before_it_is_sent_when_it_cannot_be() {
            assertThatThrownBy(() -> sent(List.of(new Message.System("be brief"))))
                    .isInstanceOfSatisfying(
                            ModelException.class,
                            e -> assertThat(e.reason()).isEqualTo(ModelException.Kind.BAD_REQUEST))
                    .hasMessageContaining("no message for the model to answer");
            assertThatThrownBy(() -> sent(HELLO.messages(), new ToolSchema("T", "d", Json.parse("[]"))))
                    .hasMessageContaining("tool 'T'");
        }
    }

    @Nested
    class A_reply {

        @Test
        void brings_text_usage_and_finish() {
            var model = new Canned(ChatResponse.builder()
                    .aiMessage(AiMessage.from("hi"))
                    .tokenUsage(new TokenUsage(12, null))
                    .finishReason(FinishReason.STOP)
                    .build());

            assertThat(new ChatModelAdapter("x:canned", model).reply(HELLO))
                    .isEqualTo(new ModelReply(Message.Assistant.of("hi"), new Usage(12, 0), ModelReply.Finish.STOP));
        }

        @Test
        void without_usage_counts_nothing() {
            assertThat(reply(AiMessage.from("hi"), FinishReason.STOP).usage()).isEqualTo(Usage.none());
        }

        @Test
        void that_is_none_is_worth_another_try() {
            assertThatThrownBy(() -> new ChatModelAdapter("x:canned", new ChatModel() {
                                @Override
                                public ChatResponse chat(ChatRequest request) {
                                    return null;
                                }
                            })
                            .reply(HELLO))
                    .isInstanceOfSatisfying(
                            ModelException.class, e -> assertThat(e.reason()).isEqualTo(ModelException.Kind.TRANSIENT))
                    .hasMessageContaining("'x:canned' gave an empty reply");
        }

        @Test
        void with_calls_wants_tools_whatever_the_provider_calls_it() {
            var message = AiMessage.from(call("1", "T", "{}"));

            assertThat(reply(message, FinishReason.TOOL_EXECUTION).finish()).isEqualTo(ModelReply.Finish.TOOL_CALLS);
            assertThat(reply(message, FinishReason.STOP).finish()).isEqualTo(ModelReply.Finish.TOOL_CALLS);
            assertThat(reply(message, null).finish()).isEqualTo(ModelReply.Finish.TOOL_CALLS);
            assertThat(reply(AiMessage.from("x"), null).finish()).isEqualTo(ModelReply.Finish.OTHER);
        }

        @ParameterizedTest
        @EnumSource(
                value = FinishReason.class,
                names = {"LENGTH", "CONTENT_FILTER"})
        void that_was_cut_off_loses_its_calls(FinishReason reason) {
            var reply =
                    reply(AiMessage.from("I will", List.of(call("1", "Bash", "{\"command\":\"rm -rf b\"}"))), reason);

            assertThat(reply.message().calls()).isEmpty();
            assertThat(reply.message().text()).isEqualTo("I will");
            assertThat(reply.finish().name()).isEqualTo(reason.name());
        }
    }

    @Nested
    class A_call {

        @Test
        void without_an_id_gets_one_and_a_second_with_the_same_gets_another() {
            var calls = reply(
                            AiMessage.from(
                                    call(null, "A", "{}"),
                                    call("x", "B", "{}"),
                                    call("x", "C", "{}"),
                                    call(" ", "D", "{}")),
                            FinishReason.TOOL_EXECUTION)
                    .message()
                    .calls();

            assertThat(calls).extracting(ToolCall::name).containsExactly("A", "B", "C", "D");
            assertThat(calls).extracting(ToolCall::id).containsExactly("call-1-1", "x", "x-1-3", "call-1-4");
        }

        @Test
        void does_not_reuse_an_id_of_the_transcript() {
            var model = new Canned(response(AiMessage.from(call("call_0", "A", "{}")), FinishReason.STOP));
            var request = new ModelRequest(
                    "a",
                    List.of(
                            Message.User.of("go"),
                            Message.Assistant.of("", new ToolCall("call_0", "A", Json.parse("{}"))),
                            new Message.ToolOutput("call_0", "A", "x", false)),
                    List.of());

            assertThat(new ChatModelAdapter("x", model).reply(request).message().calls())
                    .extracting(ToolCall::id)
                    .containsExactly("call_0-2-1");
        }

        @Test
        void without_arguments_has_an_empty_object() {
            var calls = reply(AiMessage.from(call("1", "A", null), call("2", "B", "")), FinishReason.STOP)
                    .message()
                    .calls();

            assertThat(calls).extracting(each -> each.arguments().text()).containsOnly("{}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"command\":\"ls", "[1]", "\"{}\"", "null", "5", "{} {}", "ls -l"})
        void with_arguments_that_are_no_object_keeps_them_as_the_model_wrote_them(String written) {
            var arguments = reply(AiMessage.from(call("1", "A", written)), FinishReason.STOP)
                    .message()
                    .calls()
                    .getFirst()
                    .arguments();

            assertThat(arguments.as(Object.class)).isEqualTo(written);
        }

        @Test
        void with_malformed_arguments_goes_back_as_an_object_that_clients_can_parse() {
            var request = sent(
                    List.of(Message.User.of("go"), Message.Assistant.of("", new ToolCall("1", "A", Json.of("{half")))));

            var back = (AiMessage) request.messages().get(1);

            assertThat(back.toolExecutionRequests().getFirst().arguments())
                    .isEqualTo("{\"malformed_arguments\":\"{half\"}");
        }
    }

    @Nested
    class What_a_provider_wants_back {

        private final AiMessage signed = AiMessage.builder()
                .text("hi")
                .thinking("let me see")
                .attributes(Map.of("thinking_signature", "c2ln", "redacted", List.of("a", "b"), "count", 3))
                .build();

        @Test
        void goes_back_as_it_came_through_the_journal() {
            var reply = reply(signed, FinishReason.STOP);
            var journalled = Json.parse(Json.of(reply).text()).as(ModelReply.class);

            var request = sent(List.of(Message.User.of("go"), journalled.message(), Message.User.of("and?")));

            assertThat(request.messages().get(1)).isEqualTo(signed);
        }

        @Test
        void is_left_out_when_it_has_no_form_in_json() {
            var message = AiMessage.builder()
                    .text("hi")
                    .attributes(Map.of("image", new Object(), "list", List.of(new Object()), "kept", true))
                    .build();

            assertThat(reply(message, FinishReason.STOP).message().attributes())
                    .containsExactly(Map.entry("kept", "true"));
        }
    }

    @Test
    void an_adapter_is_named_after_what_the_model_says_of_itself() {
        assertThat(ChatModelAdapter.of(new Canned(response(AiMessage.from("x"), null)))
                        .name())
                .isEqualTo("other:canned-1");
        assertThat(ChatModelAdapter.of(new ChatModel() {}).name()).startsWith("other:");
    }
}
