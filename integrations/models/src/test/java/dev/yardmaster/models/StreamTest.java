package dev.yardmaster.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.yardmaster.event.Usage;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelException.Kind;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.models.Wire.Call;
import dev.yardmaster.models.Wire.Finish;
import dev.yardmaster.tool.ToolCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What every provider's streams do the same, each in its own wire format. */
@ParameterizedClass(name = "{0}")
@EnumSource(Wire.class)
class StreamTest {

    private static final ModelRequest HELLO = new ModelRequest("a", List.of(Message.User.of("hello")), List.of());
    private static final Call READ_A = new Call("call_a", "Read", "{\"path\":\"a.txt\"}");
    private static final Call READ_B = new Call("call_b", "Read", "{\"path\":\"b.txt\"}");

    @Parameter
    Wire wire;

    private List<String> heard = new ArrayList<>();

    private ModelReply streamed(WireServer.Answer answer, Duration idle) {
        try (var server = new WireServer(answer)) {
            return wire.model(server, Wire.idle(idle)).reply(HELLO, heard::add);
        }
    }

    private ModelReply streamed(WireServer.Answer answer) {
        return streamed(answer, Duration.ofSeconds(30));
    }

    private ModelException lost(WireServer.Answer answer) {
        return catchThrowableOfType(ModelException.class, () -> streamed(answer));
    }

    private List<String> events() {
        return new ArrayList<>(wire.stream(List.of("Hel", "lo"), wire.finish(Finish.STOP)));
    }

    private int afterFirstWord() {
        List<String> events = events();
        return 1
                + events.indexOf(events.stream()
                        .filter(event -> event.contains("Hel"))
                        .findFirst()
                        .orElseThrow());
    }

    private String untilFirstWord() {
        return String.join("", events().subList(0, afterFirstWord()));
    }

    @Test
    void is_heard_word_by_word_and_is_the_same_as_a_whole_one() {
        ModelReply reply = streamed(wire.streamed(List.of("Hel", "lo, ", "Zoë"), Finish.STOP));

        assertThat(heard).containsExactly("Hel", "lo, ", "Zoë");
        assertThat(reply.message().text()).isEqualTo("Hello, Zoë");
        assertThat(reply.usage()).isEqualTo(new Usage(12, 7));
        assertThat(reply.finish()).isEqualTo(ModelReply.Finish.STOP);
    }

    @Test
    void has_parallel_calls_with_whole_arguments() {
        ModelReply reply = streamed(wire.streamed(List.of("Look"), Finish.CALLS, READ_A, READ_B));

        assertThat(reply.finish()).isEqualTo(ModelReply.Finish.TOOL_CALLS);
        assertThat(reply.message().calls())
                .extracting(call -> call.arguments().text())
                .containsExactly("{\"path\":\"a.txt\"}", "{\"path\":\"b.txt\"}");
        assertThat(reply.message().calls()).extracting(ToolCall::id).doesNotHaveDuplicates();
    }

    /** The end of a body or of the connection, after each event, the last one excepted. */
    @Test
    void that_was_cut_after_any_event_is_lost_whatever_the_end_of_the_connection_looks_like() {
        String[] events = wire.stream(List.of("Hel", "lo"), wire.finish(Finish.CALLS), READ_A, READ_B)
                .toArray(String[]::new);
        int needed = wire == Wire.OPENAI ? events.length - 2 : events.length; // token counts, [DONE]
        for (int n = 0; n < needed; n++) {
            String[] part = List.of(events).subList(0, n).toArray(String[]::new);
            assertThat(lost(WireServer.stream(wire.contentType(), part)).reason())
                    .as("ended after %s events", n)
                    .isEqualTo(Kind.TRANSIENT);
            assertThat(lost(WireServer.cutStream(wire.contentType(), part)).reason())
                    .as("cut after %s events", n)
                    .isEqualTo(Kind.TRANSIENT);
        }
    }

    @Test
    void that_was_cut_in_the_middle_of_a_call_is_lost() {
        String all = String.join("", wire.stream(List.of(), wire.finish(Finish.CALLS), READ_A));
        int middle = all.indexOf(".txt");

        assertThat(lost(WireServer.stream(wire.contentType(), all.substring(0, middle)))
                        .reason())
                .isEqualTo(Kind.TRANSIENT);
    }

    @Test
    void that_falls_silent_is_lost_after_a_while() {
        String first = untilFirstWord();
        for (int idle = 200; heard.isEmpty(); idle *= 5) { // on a busy machine the first word may be late for that
            var patience = Duration.ofMillis(idle);
            var fault = catchThrowableOfType(
                    ModelException.class,
                    () -> streamed(WireServer.stalledStream(wire.contentType(), first), patience));
            assertThat(fault.reason()).isEqualTo(Kind.TRANSIENT);
            if (!heard.isEmpty()) {
                assertThat(fault)
                        .hasMessageContaining("no byte came for " + idle / 1000.0 + " s in the middle of the reply");
            }
        }
        assertThat(heard).startsWith("Hel");
    }

    @Test
    void does_not_wait_for_the_connection_to_close() {
        String[] events =
                wire.stream(List.of("Hello"), wire.finish(Finish.STOP)).toArray(String[]::new);

        ModelReply reply = streamed(WireServer.stalledStream(wire.contentType(), events));

        assertThat(reply.message().text()).isEqualTo("Hello");
    }

    @Test
    void with_an_error_in_its_middle_is_lost() {
        List<String> events = events();
        events.add(afterFirstWord(), wire.error());

        var fault = lost(WireServer.stream(wire.contentType(), events.toArray(String[]::new)));

        assertThat(fault.retryable()).isTrue();
        assertThat(fault.reason())
                .isEqualTo(
                        switch (wire) {
                            case ANTHROPIC, GEMINI -> Kind.OVERLOADED;
                            case OPENAI -> Kind.RATE_LIMITED;
                            case OLLAMA -> Kind.TRANSIENT;
                        });
    }

    @Test
    void with_garbage_in_its_middle_is_lost() {
        List<String> events = events();
        events.add(1, wire == Wire.OLLAMA ? "{not json\n" : "data: {not json\n\n");

        assertThat(lost(WireServer.stream(wire.contentType(), events.toArray(String[]::new)))
                        .reason())
                .isEqualTo(Kind.TRANSIENT);
    }

    @Test
    void of_nothing_or_of_a_proxys_page_is_lost() {
        assertThat(lost(WireServer.stream(wire.contentType())).reason()).isEqualTo(Kind.TRANSIENT);
        assertThat(lost(WireServer.json("<html>a proxy's page</html>")).reason())
                .isEqualTo(Kind.TRANSIENT);
    }

    @Test
    void ends_when_its_thread_is_interrupted() throws InterruptedException {
        String first = untilFirstWord();
        var flag = new ArrayList<Boolean>();
        try (var server = new WireServer(WireServer.stalledStream(wire.contentType(), first))) {
            Model model = wire.model(server);
            Thread caller = Thread.ofVirtual().unstarted(() -> {
                catchThrowableOfType(
                        ModelException.class,
                        () -> model.reply(HELLO, word -> Thread.currentThread().interrupt()));
                flag.add(Thread.currentThread().isInterrupted());
            });
            caller.start();
            caller.join();
        }
        assertThat(flag).containsExactly(true);
    }
}
