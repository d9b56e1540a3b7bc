package dev.yardmaster.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.models.Wire.Call;
import dev.yardmaster.models.Wire.Finish;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Streams that are cut at byte offsets: a cut reply is an exception that may be tried again, or it is the whole reply
 * because only token counts or the end of the body were lost. By default at every 11th offset; at each with
 * {@code -Dyardmaster.cuts=all}.
 */
@Timeout(300)
class CutStreamTest {

    private static final ModelRequest HELLO = new ModelRequest("a", List.of(Message.User.of("hello")), List.of());
    private static final int STEP = "all".equals(System.getProperty("yardmaster.cuts")) ? 1 : 11;

    @ParameterizedTest
    @EnumSource(Wire.class)
    void never_count_as_complete_and_never_give_half_a_call(Wire wire) {
        List<String> events = wire.stream(
                List.of("Grüße ", "an alle"),
                wire.finish(Finish.CALLS),
                new Call("c1", "Bash", "{\"command\":\"rm -rf build\"}"),
                new Call("c2", "Read", "{\"path\":\"ä.txt\"}"));
        byte[] all = String.join("", events).getBytes(StandardCharsets.UTF_8);
        ModelReply whole = reply(wire, all, all.length).orElseThrow();

        var complete = new ArrayList<Integer>();
        for (int cut = 0; cut < all.length; cut += STEP) {
            Optional<ModelReply> reply = reply(wire, all, cut);
            if (reply.isPresent()) {
                complete.add(cut);
                assertThat(reply.get().message()).as("cut at %s", cut).isEqualTo(whole.message());
                assertThat(reply.get().finish()).as("cut at %s", cut).isEqualTo(whole.finish());
            }
        }

        int end = String.join("", events.subList(0, events.size() - (wire == Wire.OPENAI ? 2 : 1)))
                .getBytes(StandardCharsets.UTF_8)
                .length;
        assertThat(complete).allMatch(cut -> cut >= end - 2, "after the last event's last brace, at offset " + end);
    }

    private static Optional<ModelReply> reply(Wire wire, byte[] stream, int cut) {
        byte[] part = Arrays.copyOf(stream, cut);
        try (var server = new WireServer(WireServer.cutBytes(wire.contentType(), part))) {
            Model model = wire.model(server);
            return Optional.of(model.reply(HELLO, word -> {}));
        } catch (ModelException e) {
            assertThat(e.retryable()).as("cut at %s: %s", cut, e.getMessage()).isTrue();
            return Optional.empty();
        }
    }
}
