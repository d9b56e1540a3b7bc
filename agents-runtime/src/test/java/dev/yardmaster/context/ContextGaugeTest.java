package dev.yardmaster.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.model.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContextGaugeTest {

    private static Message words(int count) {
        return Message.User.of("word ".repeat(count));
    }

    private static ContextGauge gauge(long window, boolean cutsSilently) {
        long limit = (long) ((window - Math.min(window / 8, 32_000)) * 0.8);
        return new ContextGauge(new Room(window, limit, cutsSilently), List.of());
    }

    @Test
    void is_full_when_four_fifths_of_what_is_left_beside_an_answer_are_used() {
        ContextGauge gauge = gauge(10_000, false); // 7,000
        var messages = new ArrayList<>(List.of(words(2_000)));

        assertThat(gauge.isFull(messages)).isFalse();
        messages.add(words(2_500));
        assertThat(gauge.isFull(messages))
                .as("4,500 words, estimated at 5,700, which may be a quarter more")
                .isTrue();
    }

    @Test
    void goes_by_what_the_provider_said_and_corrects_what_came_since() {
        ContextGauge gauge = gauge(10_000, false);
        var messages = new ArrayList<>(List.of(words(2_000)));
        gauge.isFull(messages);
        gauge.said(messages, 1, 4_000); // twice as many

        messages.add(words(1_000));

        assertThat(gauge.tokens(messages)).isBetween(5_900L, 6_100L);
        assertThat(gauge.isFull(messages)).isFalse();
        messages.add(words(700));
        assertThat(gauge.isFull(messages)).isTrue();
    }

    @Test
    void looks_at_no_message_closely_while_its_length_shows_that_there_is_room() {
        ContextGauge gauge = gauge(1_000_000, false);
        var messages = new ArrayList<>(List.of(words(2_000)));

        assertThat(gauge.isFull(messages)).isFalse();
        gauge.said(messages, 1, 4_000);
        messages.add(words(1_000));
        assertThat(gauge.isFull(messages)).isFalse();

        assertThat(gauge.tokens(messages)).as("what was said is not forgotten").isBetween(5_900L, 6_100L);
    }

    @Test
    void learns_nothing_from_counts_that_cannot_be_of_this_conversation() {
        ContextGauge gauge = gauge(10_000, false);
        List<Message> messages = List.of(words(5_000));
        gauge.isFull(messages);

        gauge.said(messages, 1, 900);

        assertThat(gauge.tokens(messages)).isBetween(7_900L, 8_000L);
    }

    @Test
    void learns_from_a_refusal_that_less_fits_than_was_thought() {
        ContextGauge gauge = gauge(100_000, false);
        List<Message> messages = List.of(words(10_000));

        gauge.refused(messages);

        assertThat(gauge.room().limit()).isBetween(12_500L, 12_900L);
    }

    @Test
    void a_room_is_the_models_unless_one_is_set_and_a_script_has_none() {
        var script = dev.yardmaster.model.ScriptedModel.replies("a", "hello");

        assertThat(Room.of(script, ContextPolicy.defaults())).isEmpty();
        assertThat(Room.of(script, ContextPolicy.defaults().withWindow(8_000))).contains(new Room(8_000, 5_600, false));
        assertThat(Room.of(dev.yardmaster.model.Model.silent(), new ContextPolicy(OptionalLong.empty(), 0.5)))
                .hasValueSatisfying(room -> assertThat(room.limit()).isEqualTo(room.window() * 7 / 16));
    }

    /**
     * A server that cuts in either of the two known ways, with tokens that differ from the estimate by as much as is
     * promised. Whatever it cuts is found out, before or after; what it does not cut is taken for whole.
     */
    @Test
    void finds_out_everything_that_a_silent_server_leaves_out() {
        long window = 8_192;
        int cut = 0;
        int refused = 0;
        for (int seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            double rate = 0.7 + random.nextDouble() * 0.75; // of the server's tokens to the estimated ones
            boolean drops = random.nextBoolean();
            ContextGauge gauge = gauge(window, true);
            var messages = new ArrayList<Message>();
            for (int turn = 0; turn < 12; turn++) {
                messages.add(words(20 + random.nextInt(1_500)));
                gauge.isFull(messages);
                if (gauge.mayBeCut(messages)) {
                    refused++;
                    break;
                }
                List<Long> sizes = messages.stream()
                        .map(each -> Math.round(TokenEstimate.of(each) * rate))
                        .toList();
                long whole = sizes.stream().mapToLong(each -> each).sum();
                long read = drops ? dropping(sizes, window) : Math.min(whole, window);
                assertThat(gauge.wasCut(messages, read))
                        .as("seed %d turn %d: %d of %d", seed, turn, read, whole)
                        .isEqualTo(read < whole || whole == window);
                if (read < whole) {
                    cut++;
                    break;
                }
                gauge.said(messages, messages.size(), read);
            }
        }
        assertThat(refused).isGreaterThan(100);
        assertThat(cut).as("most is not even sent").isLessThan(refused);
    }

    /** Leaves out the oldest messages, but never the last. */
    private static long dropping(List<Long> sizes, long window) {
        long sum = sizes.getLast();
        for (int i = sizes.size() - 2; i >= 0 && sum + sizes.get(i) <= window; i--) {
            sum += sizes.get(i);
        }
        return Math.min(sum, window);
    }

    @Test
    void finds_out_that_a_silent_servers_window_is_smaller_than_was_asked_for() {
        ContextGauge gauge = gauge(32_768, true);
        var messages = new ArrayList<>(List.of(words(5_000), words(3_000)));
        gauge.isFull(messages);
        gauge.said(messages, 2, 8_000);
        messages.add(words(2_000));

        assertThat(gauge.wasCut(messages, 8_192)).isTrue();
        assertThat(gauge.wasCut(messages, 9_800)).isFalse();
    }
}
