package dev.yardmaster.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.event.RunEvent;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.Lease;
import dev.yardmaster.journal.RunOwnedException;
import dev.yardmaster.journal.RunQuery;
import dev.yardmaster.journal.RunSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledProcessTest {

    @TempDir
    Path folder;

    @Test
    void what_was_acknowledged_survives_the_kill_of_the_process() throws Exception {
        Path file = folder.resolve("runs.db");
        long acknowledged = 0;
        for (int round = 1; round <= 4; round++) {
            var child = JournalChild.start(file, 300);
            try (var output = child.inputReader()) {
                assertThat(output.readLine()).isEqualTo("owner of epoch " + round); // at once: the one before is dead
                for (int i = 0; i < 40 * round; i++) {
                    acknowledged = JournalChild.acknowledged(output.readLine());
                }
                child.toHandle().destroyForcibly(); // unlike the process, leaves its last output readable
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    acknowledged = JournalChild.acknowledged(line);
                }
                assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
            try (Journal journal = SqliteJournal.builder(file).mustExist().open()) {
                List<RunEvent.Recorded> entries = journal.read(JournalChild.RUN, 0);
                assertThat(entries).hasSizeGreaterThan((int) acknowledged);
                assertThat(journal.runs(RunQuery.all()))
                        .extracting(RunSummary::owned)
                        .containsExactly(false);
            }
        }
    }

    @Test
    void a_live_process_keeps_its_run_and_a_dead_one_does_not() throws Exception {
        Path file = folder.resolve("runs.db");
        var child = JournalChild.start(file, 10);
        try (var output = child.inputReader();
                Journal journal = SqliteJournal.builder(file).open()) {
            assertThat(output.readLine()).isEqualTo("owner of epoch 1");
            assertThatExceptionOfType(RunOwnedException.class)
                    .isThrownBy(() -> journal.acquire(JournalChild.RUN))
                    .withMessageContaining("process " + child.pid());
            assertThat(journal.runs(RunQuery.all()))
                    .extracting(RunSummary::owned)
                    .containsExactly(true);
            child.toHandle().destroyForcibly(); // unlike the process, leaves its last output readable
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            Lease lease = journal.acquire(JournalChild.RUN);
            assertThat(lease.epoch()).isEqualTo(2);
        } finally {
            child.toHandle().destroyForcibly(); // unlike the process, leaves its last output readable
        }
    }
}
