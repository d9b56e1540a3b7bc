package dev.yardmaster.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.yardmaster.model.ModelException.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFaultsTest {

    private static ModelException fault(RuntimeException thrown) {
        ChatModel broken = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                throw thrown;
            }
        };
        var request = new ModelRequest("a", List.of(Message.User.of("hello")), List.of());
        return catchThrowableOfType(
                ModelException.class, () -> new ChatModelAdapter("acme:large", broken).reply(request));
    }

    private static HttpException http(int status, String body) {
        return new HttpException(status, body);
    }

    @Nested
    class A_fault {

        @ParameterizedTest
        @CsvSource({
            "400, BAD_REQUEST", "401, NOT_AUTHORIZED", "402, QUOTA_EXHAUSTED", "403, NOT_AUTHORIZED",
            "404, UNKNOWN_MODEL", "408, TRANSIENT", "409, TRANSIENT", "413, CONTEXT_TOO_LONG",
            "422, BAD_REQUEST", "425, TRANSIENT", "429, RATE_LIMITED", "500, TRANSIENT",
            "502, TRANSIENT", "503, OVERLOADED", "504, TRANSIENT", "529, OVERLOADED"
        })
        void is_sorted_by_its_status_whatever_class_langchain4j_gave_it(int status, Kind kind) {
            assertThat(fault(new InvalidRequestException(http(status, "no"))).reason())
                    .isEqualTo(kind);
            assertThat(fault(http(status, "no")).reason()).isEqualTo(kind);
        }

        static Stream<Arguments> classes() {
            return Stream.of(
                    arguments(new RateLimitException("x"), Kind.RATE_LIMITED),
                    arguments(new TimeoutException("x"), Kind.TRANSIENT),
                    arguments(new AuthenticationException("x"), Kind.NOT_AUTHORIZED),
                    arguments(new ModelNotFoundException("x"), Kind.UNKNOWN_MODEL),
                    arguments(new ContentFilteredException("x"), Kind.CONTENT_FILTERED),
                    arguments(new InvalidRequestException("x"), Kind.BAD_REQUEST),
                    arguments(new UnsupportedFeatureException("x"), Kind.BAD_REQUEST),
                    arguments(new InternalServerException("x"), Kind.TRANSIENT),
                    arguments(new UnresolvedModelServerException("x"), Kind.TRANSIENT),
                    arguments(new RuntimeException(new ConnectException("refused")), Kind.TRANSIENT),
                    arguments(new RuntimeException(new RateLimitException("x")), Kind.RATE_LIMITED),
                    arguments(new NullPointerException(), Kind.TRANSIENT),
                    arguments(new IndexOutOfBoundsException("0"), Kind.TRANSIENT));
        }

        @ParameterizedTest
        @MethodSource("classes")
        void without_a_status_is_sorted_by_its_class(RuntimeException thrown, Kind kind) {
            assertThat(fault(thrown).reason()).isEqualTo(kind);
        }

        static Stream<Arguments> codes() {
            return Stream.of(
                    arguments(429, "{\"error\":{\"code\":\"insufficient_quota\"}}", Kind.QUOTA_EXHAUSTED),
                    arguments(429, "{\"error_code\":\"enforced_spend_limit_reached\"}", Kind.QUOTA_EXHAUSTED),
                    arguments(429, "{\"code\":\"credit_balance_exhausted\"}", Kind.QUOTA_EXHAUSTED),
                    arguments(400, "Your credit balance is too low", Kind.QUOTA_EXHAUSTED),
                    arguments(400, "{\"code\":\"context_length_exceeded\"}", Kind.CONTEXT_TOO_LONG),
                    arguments(400, "prompt is too long: 210000 tokens > 200000 maximum", Kind.CONTEXT_TOO_LONG),
                    arguments(400, "The input token count (9) exceeds the maximum", Kind.CONTEXT_TOO_LONG),
                    arguments(400, "{\"code\":\"content_filter\"}", Kind.CONTENT_FILTERED),
                    arguments(401, "no access to content_filter", Kind.NOT_AUTHORIZED));
        }

        @ParameterizedTest
        @MethodSource("codes")
        void is_sorted_by_the_providers_code_before_its_status(int status, String body, Kind kind) {
            var fault = fault(new RateLimitException(http(status, body)));

            assertThat(fault.reason()).isEqualTo(kind);
            assertThat(fault.retryable()).isFalse();
        }

        @Test
        void of_ours_passes_through() {
            var ours = new ModelException(Kind.CONTEXT_TOO_LONG, "too long");

            assertThat(fault(ours)).isSameAs(ours);
        }

        @Test
        void says_which_model_what_to_do_and_a_bounded_part_of_what_came() {
            var fault = fault(new RuntimeException("<html>" + "x".repeat(5000)));

            assertThat(fault).hasMessageStartingWith("model 'acme:large' gave no usable reply; try again: ");
            assertThat(fault.getMessage()).hasSizeLessThan(500).endsWith("…");
            assertThat(fault(new NullPointerException())).hasMessageEndingWith("NullPointerException");
        }
    }

    @Nested
    class A_wait {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "\"retryDelay\": \"34s\" | PT34S",
                    "Please try again in 1.26s. | PT1.26S",
                    "Please try again in 6m0s. | PT6M",
                    "Please try again in 120ms. | PT0.12S",
                    "Please retry after 20 seconds. | PT20S"
                })
        void is_read_from_the_text_of_a_rate_limit(String text, Duration wait) {
            assertThat(fault(new RateLimitException(http(429, text))).retryAfter())
                    .contains(wait);
        }

        @Test
        void is_absent_where_none_is_named() {
            assertThat(fault(new RateLimitException("slow down")).retryAfter()).isEmpty();
        }
    }

    @Nested
    class A_key {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Incorrect API key provided: sk-proj-KEYKEYKEYKEY1234. You can find",
                    "Incorrect API key provided: KEYKEYKEYKEY1234",
                    "{\"headers\": {\"Authorization\": \"Bearer KEYKEYKEYKEY1234\", \"x\": 1}}",
                    "authorization: Basic KEYKEYKEYKEY1234",
                    "sent bearer KEYKEYKEYKEY1234 to",
                    "x-api-key: KEYKEYKEYKEY1234",
                    "https://example.org/v1?key=KEYKEYKEYKEY1234&alt=json",
                    "api_key=KEYKEYKEYKEY1234",
                    "token AIzaKEYKEYKEYKEY1234567890abc"
                })
        void never_shows_in_an_exception_nor_in_its_stack_trace(String text) {
            var fault = fault(new AuthenticationException(text, new IOException(text)));
            var trace = new StringWriter();
            fault.printStackTrace(new PrintWriter(trace));

            assertThat(fault.getMessage()).doesNotContain("KEYKEY").contains("[redacted]");
            assertThat(trace.toString()).doesNotContain("KEYKEY").contains("AuthenticationException");
        }

        @Test
        void is_not_suspected_in_plain_words() {
            String text = "the task-manager asked for a token count; the api key is missing; risk-averse";

            assertThat(Secrets.hide(text)).isEqualTo(text);
        }
    }

    @Nested
    class An_interrupt {

        @Test
        void that_the_client_swallowed_is_set_again() {
            fault(new RuntimeException("Interrupted", new InterruptedException()));

            assertThat(Thread.interrupted()).isTrue();
        }

        @Test
        void is_not_seen_in_a_timeout() {
            fault(new RuntimeException(new SocketTimeoutException("read timed out")));

            assertThat(Thread.interrupted()).isFalse();
        }
    }
}
