package dev.yardmaster.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.yardmaster.model.ModelException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streaming models of langchain4j's, whatever they call back, and when. */
@Timeout(60)
class StreamedReplyTest {

    private static final ModelRequest HELLO = new ModelRequest("a", List.of(Message.User.of("hello")), List.of());
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(100);

    private Deadlines deadlines = new Deadlines(LONG, LONG, LONG, LONG);

    private final List<String> heard = new ArrayList<>();

    /** A model that calls back as it is told, on a thread of its own, as most do. */
    private record Calling(Consumer<StreamingChatResponseHandler> calls) implements StreamingChatModel {
        @Override
        public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            Thread.ofVirtual().start(() -> calls.accept(handler));
        }
    }

    private static final ChatModel NEVER = new ChatModel() {
        @Override
        public ChatResponse doChat(ChatRequest request) {
            throw new AssertionError("is to be streamed");
        }
    };

    private static ChatResponse complete(String text, FinishReason reason) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(text))
                .finishReason(reason)
                .build();
    }

    private ModelReply reply(Consumer<StreamingChatResponseHandler> calls) {
        return new ChatModelAdapter("x:streaming", NEVER, new Calling(calls), deadlines).reply(HELLO, heard::add);
    }

    private ModelException lost(Consumer<StreamingChatResponseHandler> calls) {
        return catchThrowableOfType(ModelException.class, () -> reply(calls));
    }

    @Test
    void comes_word_by_word_and_whole() {
        ModelReply reply = reply(handler -> {
            handler.onPartialResponse("Hel");
            handler.onPartialResponse("lo");
            handler.onCompleteResponse(complete("Hello", FinishReason.STOP));
        });

        assertThat(heard).containsExactly("Hel", "lo");
        assertThat(reply.message().text()).isEqualTo("Hello");
    }

    @Nested
    class Is_lost {

        @Test
        void when_the_model_never_calls_back() {
            deadlines = new Deadlines(LONG, SHORT, LONG, LONG);
            var fault = lost(handler -> {});

            assertThat(fault.reason()).isEqualTo(Kind.TRANSIENT);
            assertThat(fault).hasMessageContaining("model 'x:streaming' did not answer within 0.1 s");
        }

        @Test
        void when_it_falls_silent_in_the_middle() {
            deadlines = new Deadlines(LONG, LONG, SHORT, LONG);
            var fault = lost(handler -> handler.onPartialResponse("Hel"));

            assertThat(fault.reason()).isEqualTo(Kind.TRANSIENT);
            assertThat(fault).hasMessageContaining("fell silent for 0.1 s in the middle of its reply");
        }

        @Test
        void when_it_is_complete_without_a_reason() {
            var fault = lost(handler -> handler.onCompleteResponse(complete("Hel", null)));

            assertThat(fault.reason()).isEqualTo(Kind.TRANSIENT);
            assertThat(fault).hasMessageContaining("was cut off in the middle of its reply");
        }

        @Test
        void when_an_error_comes_before_the_completion() {
            var fault = lost(handler -> {
                handler.onError(
                        new HttpStatusException(429, "slow down", java.util.Optional.of(Duration.ofSeconds(7))));
                handler.onCompleteResponse(complete("Hello", FinishReason.STOP));
            });

            assertThat(fault.reason()).isEqualTo(Kind.RATE_LIMITED);
            assertThat(fault.retryAfter()).contains(Duration.ofSeconds(7));
        }
    }

    @Test
    void counts_once_when_an_error_comes_after_the_completion() {
        ModelReply reply = reply(handler -> {
            handler.onCompleteResponse(complete("Hello", FinishReason.STOP));
            handler.onError(new IllegalStateException("late"));
        });

        assertThat(reply.message().text()).isEqualTo("Hello");
    }

    @Test
    void says_nothing_more_once_it_is_over() throws InterruptedException {
        deadlines = new Deadlines(LONG, SHORT, LONG, LONG);
        var over = new CountDownLatch(1);
        var said = new CountDownLatch(1);
        lost(handler -> {
            try {
                over.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            handler.onPartialResponse("late");
            said.countDown();
        });
        over.countDown();
        assertThat(said.await(30, TimeUnit.SECONDS)).isTrue();

        assertThat(heard).isEmpty();
    }
}
