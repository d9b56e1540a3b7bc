package dev.yardmaster.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process is killed again and again while a run of twenty steps with real effects goes on, and the next one resumes
 * it. All sync points and 1,000 random kills: {@code mvn -pl integrations/journal-jdbc -am test -Dtest=CrashTest
 * -Dyardmaster.crash=full -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class CrashTest {

    private static final boolean FULL = "full".equals(System.getProperty("yardmaster.crash"));

    @TempDir
    Path folder;

    @Test
    void nothing_is_lost_repeated_or_wrong_when_a_process_dies_at_a_sync_point() throws Exception {
        int syncs = CrashTrial.syncs(folder.resolve("whole"));
        assertThat(syncs).isGreaterThan(50);
        int stride = FULL ? 1 : syncs / 8;
        var total = CrashTrial.none();
        for (int at = 1; at <= syncs; at += stride) {
            for (String moment : List.of("before:", "after:")) {
                String death = moment + at;
                CrashTrial trial = CrashTrial.of(folder.resolve(death.replace(':', '-')), "intact", List.of(death));
                check(trial, death);
                total = total.plus(trial);
            }
        }
        report("sync points, before and after (" + syncs + " of them)", total);
        assertThat(total.kills()).isGreaterThanOrEqualTo(2 * (syncs / stride) - 1);
    }

    @Test
    void nothing_is_lost_repeated_or_wrong_when_processes_die_at_any_time() throws Exception {
        var random = new Random(20260301);
        int wanted = FULL ? 1_000 : 30;
        var total = CrashTrial.none();
        for (int trial = 1; total.kills() < wanted; trial++) {
            List<String> deaths = List.of(time(random), time(random), time(random)); // also while it recovers
            CrashTrial one = CrashTrial.of(folder.resolve("random-" + trial), "intact", deaths);
            check(one, "trial " + trial + ": " + deaths);
            total = total.plus(one);
        }
        report("random times", total);
    }

    private static String time(Random random) {
        return "time:" + random.nextInt(350_000);
    }

    private static void check(CrashTrial trial, String how) {
        assertThat(List.of(trial.lost(), trial.duplicated(), trial.wrong()))
                .as("lost, duplicated, wrong after %s: %s", how, trial)
                .containsOnly(0);
    }

    private static void report(String what, CrashTrial total) {
        if (FULL) {
            System.out.printf(
                    "%-40s %d kills: %d lost, %d duplicated, %d wrong, %d surfaced%n",
                    what, total.kills(), total.lost(), total.duplicated(), total.wrong(), total.surfaced());
        }
    }

    @Test
    void a_protocol_that_records_after_the_effect_is_caught_repeating_it() throws Exception {
        assertThat(mutant("record-after", "before:").duplicated()).isPositive();
    }

    @Test
    void a_protocol_that_records_before_the_effect_is_caught_losing_it() throws Exception {
        assertThat(mutant("record-before", "after:").lost()).isPositive();
    }

    /** Dies at one sync point after the other until the mutant has done its harm. */
    private CrashTrial mutant(String protocol, String moment) throws Exception {
        var total = CrashTrial.none();
        for (int at = 3; at < 30 && total.lost() + total.duplicated() == 0; at++) {
            String name = protocol + at;
            total = total.plus(CrashTrial.of(folder.resolve(name), protocol, List.of(moment + at)));
        }
        return total;
    }
}
