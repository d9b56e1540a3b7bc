package dev.yardmaster.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.context.Compaction.Why;
import dev.yardmaster.event.DataUri;
import dev.yardmaster.event.Json;
import dev.yardmaster.model.Message;
import dev.yardmaster.tool.Attachment;
import dev.yardmaster.tool.ToolCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompactorTest {

    private static final Message SYSTEM = new Message.System("You work.");
    private static final Message TASK = Message.User.of("Count the words of all files.");

    private final List<Message> messages = new ArrayList<>(List.of(SYSTEM, TASK));
    private int calls;

    private void turn(String says, String... results) {
        var wanted = new ArrayList<ToolCall>();
        for (int i = 0; i < results.length; i++) {
            wanted.add(new ToolCall("call-" + (++calls), "Read", Json.of(Map.of("file_path", "f" + calls + ".txt"))));
        }
        messages.add(new Message.Assistant(says, wanted, Map.of()));
        for (int i = 0; i < results.length; i++) {
            messages.add(new Message.ToolOutput(wanted.get(i).id(), "Read", results[i], false));
        }
    }

    private static String lines(int count) {
        return "one two three four five six seven eight nine ten\n".repeat(count);
    }

    private Compactor compactor(long window, Why why) {
        var gauge = new ContextGauge(new Room(window, window * 7 / 10, false), List.of());
        return new Compactor(gauge, messages, TASK, why);
    }

    @Test
    void tells_large_results_of_older_turns_in_short_while_that_is_enough() {
        for (int i = 0; i < 8; i++) {
            turn("Next.", lines(45));
        }

        Compactor compactor = compactor(10_000, Why.NEARLY_FULL);
        Compaction compaction = compactor.compact("");

        assertThat(compactor.toSummarize()).isEmpty();
        assertThat(compaction.summarized()).isEmpty();
        assertThat(compaction.shortened())
                .extracting(Compaction.Shortened::message)
                .containsExactly(3, 5, 7, 9, 11);
        assertThat(compaction.after()).isLessThan(7_000 * 6 / 10).isLessThan(compaction.before());
        List<Message> after = compaction.of(messages);
        assertThat(after).hasSameSizeAs(messages);
        assertThat(((Message.ToolOutput) after.get(3)).text())
                .startsWith("one two three")
                .contains("characters in", "lines left out to save room");
        assertThat(after.subList(12, after.size()))
                .as("the last three turns stay as they are")
                .isEqualTo(messages.subList(12, messages.size()));
    }

    @Test
    void gives_up_images_of_older_turns_first() {
        turn("Read.", lines(30));
        for (int i = 0; i < 6; i++) {
            turn("Look.", "shot-" + i + ".png: an image");
            var shown = List.of(Attachment.image(new DataUri("image/png", "aGk=")));
            var output = (Message.ToolOutput) messages.removeLast();
            messages.add(new Message.ToolOutput(output.callId(), "Read", output.text(), false, shown));
        }

        Compaction compaction = compactor(17_000, Why.NEARLY_FULL).compact("");

        List<Message> after = compaction.of(messages);
        assertThat(after.get(3)).as("words stay").isEqualTo(messages.get(3));
        assertThat(after.get(5))
                .isEqualTo(new Message.ToolOutput(
                        "call-2",
                        "Read",
                        "shot-0.png: an image\n[no longer shown, to save room; look at it again if you have to]",
                        false));
        assertThat(after.subList(10, after.size())).isEqualTo(messages.subList(10, messages.size()));
        assertThat(compaction.before() - compaction.after()).isGreaterThan(4_500);
    }

    @Test
    void lets_a_summary_stand_for_older_turns_when_that_is_not_enough() {
        for (int i = 0; i < 30; i++) {
            turn("I have counted the words of file " + i + ", " + "and ".repeat(150), "3 words");
        }
        Compactor compactor = compactor(8_000, Why.NEARLY_FULL);
        int part = compactor.toSummarize().size();

        Compaction compaction = compactor.compact("They have three words each.");

        List<Message> after = compaction.of(messages);
        assertThat(after.subList(0, 3))
                .containsExactly(SYSTEM, TASK, new Message.Summary(part / 2, "They have three words each."));
        assertThat(after.subList(3, after.size())).isEqualTo(messages.subList(2 + part, messages.size()));
        assertThat(after.get(3)).isInstanceOf(Message.Assistant.class);
        assertThat(compaction.after()).isLessThan(5_600 * 6 / 10);
    }

    @Test
    void keeps_the_results_of_the_last_turn_as_long_as_they_may_be() {
        turn("Both.", lines(900), lines(900));

        Compaction compaction = compactor(8_000, Why.NEARLY_FULL).compact("");

        assertThat(compaction.after()).isBetween(700L, 5_600L);
        assertThat(compaction.shortened()).hasSize(2);
    }

    @Test
    void keeps_what_it_was_told_last_such_as_its_checklist() {
        for (int i = 0; i < 10; i++) {
            turn("Thinking " + "about ".repeat(300), "ok");
        }
        Message checklist = Message.User.of("Now give a verdict for each item.");
        messages.add(checklist);
        for (int i = 0; i < 10; i++) {
            turn("Looking " + "again ".repeat(300), "ok");
        }

        List<Message> after =
                compactor(8_000, Why.NEARLY_FULL).compact("Nothing.").of(messages);

        assertThat(after).startsWith(SYSTEM, TASK, checklist).hasSizeLessThan(12);
    }

    @Test
    void gives_up_half_of_it_when_it_was_found_to_be_too_long() {
        for (int i = 0; i < 10; i++) {
            turn("Next.", lines(40));
        }

        Compaction compaction = compactor(1_000_000, Why.OVERFLOW).compact("So far so good.");

        assertThat(compaction.after()).isLessThan(compaction.before() / 2);
        assertThat(compaction.why()).isEqualTo(Why.OVERFLOW);
    }

    @Test
    void is_not_worth_it_when_all_there_is_is_what_stays() {
        assertThat(compactor(10, Why.OVERFLOW).isWorthIt()).isFalse();
        turn("Done.");
        assertThat(compactor(10, Why.OVERFLOW).isWorthIt()).isFalse();
    }

    @Test
    void is_recorded_as_what_is_different() {
        for (int i = 0; i < 30; i++) {
            turn("Next " + "word ".repeat(100), lines(20));
        }
        Compaction compaction = compactor(8_000, Why.NEARLY_FULL).compact("Done so far: nothing.");

        Json json = Json.parse(Json.of(compaction).text());

        assertThat(json.as(Compaction.class)).isEqualTo(compaction);
        assertThat(json.text()).hasSizeLessThan(2_500);
    }

    /** Random conversations, made shorter at random points, again and again. */
    @Test
    void never_parts_a_call_from_its_result_nor_loses_the_task_nor_is_over_the_limit() {
        for (int seed = 0; seed < 150; seed++) {
            var random = new Random(seed);
            var gauge = new ContextGauge(new Room(6_000, 4_200, false), List.of());
            List<Message> now = new ArrayList<>(List.of(SYSTEM, Message.User.of("Earlier."), TASK));
            int replies = 0;
            for (int turn = 0; turn < 60; turn++) {
                messages.clear();
                messages.addAll(now);
                String[] results = new String[random.nextInt(4)];
                for (int i = 0; i < results.length; i++) {
                    results[i] = random.nextInt(5) == 0 ? lines(random.nextInt(300)) : lines(random.nextInt(20));
                }
                turn("word ".repeat(random.nextInt(120)), results);
                replies++;
                if (random.nextInt(6) == 0) {
                    messages.add(Message.User.of("Told " + turn));
                }
                now = new ArrayList<>(messages);
                if (gauge.isFull(now) || random.nextInt(10) == 0) {
                    Why why = random.nextInt(4) == 0 ? Why.OVERFLOW : Why.NEARLY_FULL;
                    var compactor = new Compactor(gauge, List.copyOf(now), TASK, why);
                    Compaction compaction = compactor.compact(
                            Summaries.text(compactor.toSummarize(), "word ".repeat(random.nextInt(2_000))));
                    now = new ArrayList<>(compaction.of(now));
                    gauge.restart();
                    assertThat(gauge.isFull(now))
                            .as("seed %d turn %d", seed, turn)
                            .isFalse();
                    assertThat(gauge.tokens(now)).isEqualTo(compaction.after());
                }
                assertThat(now).as("seed %d turn %d", seed, turn).startsWith(SYSTEM, Message.User.of("Earlier."));
                assertThat(now).contains(TASK);
                checkPairs(now, "seed " + seed + " turn " + turn);
                assertThat(replies(now)).isEqualTo(replies);
            }
        }
    }

    private static int replies(List<Message> all) {
        return all.stream()
                .mapToInt(each -> each instanceof Message.Summary summary
                        ? summary.replies()
                        : each instanceof Message.Assistant ? 1 : 0)
                .sum();
    }

    private static void checkPairs(List<Message> all, String where) {
        var open = new HashSet<String>();
        for (Message each : all) {
            if (each instanceof Message.ToolOutput output) {
                assertThat(open.remove(output.callId())).as(where).isTrue();
            } else {
                assertThat(open).as(where).isEmpty();
                if (each instanceof Message.Assistant reply) {
                    reply.calls().forEach(call -> open.add(call.id()));
                }
            }
        }
        assertThat(open).as(where).isEmpty();
    }
}
