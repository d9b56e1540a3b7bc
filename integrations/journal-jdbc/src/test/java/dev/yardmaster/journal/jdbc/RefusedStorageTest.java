package dev.yardmaster.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.yardmaster.event.NewerVersionException;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.journal.CorruptJournalException;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.JournalFailedException;
import dev.yardmaster.journal.JournalFailedException.Reason;
import dev.yardmaster.journal.Lease;
import dev.yardmaster.journal.MissingJournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Storage that is full, read-only, gone, damaged, somebody else's or newer is told apart, and nothing is overwritten. */
class RefusedStorageTest {

    private static final RunId RUN = new RunId("run");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("runs.db");
    }

    private Journal open() {
        return SqliteJournal.builder(file).open();
    }

    private void store(int entries) {
        try (Journal journal = open()) {
            Lease lease = journal.create(RUN, Entries.admitted()).orElseThrow();
            for (int i = 0; i < entries; i++) {
                lease.append(Entries.step(i, "input of step " + i));
            }
        }
    }

    @Test
    void a_journal_that_must_exist_is_not_created() {
        assertThatExceptionOfType(MissingJournalException.class)
                .isThrownBy(() -> SqliteJournal.builder(file).mustExist().open())
                .withMessageContaining("runs.db");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_new_journal_is_for_its_owner_only_and_leaves_nothing_beside_it() throws IOException {
        store(1);
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    }

    @Test
    void a_journal_whose_file_was_removed_is_not_begun_anew_beside_its_log() throws IOException {
        store(1);
        Files.writeString(folder.resolve("runs.db-wal"), "what was not yet in the file");
        Files.delete(file);
        assertThatExceptionOfType(MissingJournalException.class)
                .isThrownBy(this::open)
                .withMessageContaining("runs.db-wal");
        assertThat(file).doesNotExist();
    }

    @Test
    void a_file_that_is_removed_while_it_is_open_is_told_at_the_next_write() throws IOException {
        try (Journal journal = open()) {
            Lease lease = journal.create(RUN, Entries.admitted()).orElseThrow();
            Files.delete(file);
            lease.append(Entries.step(1, "x"));
            assertThatExceptionOfType(JournalFailedException.class)
                    .isThrownBy(lease::flush)
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.GONE))
                    .withMessageContaining("removed or replaced");
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void after_a_failed_write_nothing_more_is_written() throws IOException {
        Path aside = folder.resolve("aside.db");
        try (Journal journal = open()) {
            Lease lease = journal.create(RUN, Entries.admitted()).orElseThrow();
            Files.move(file, aside);
            lease.append(Entries.step(1, "x"));
            assertThatExceptionOfType(JournalFailedException.class).isThrownBy(lease::flush);
            Files.move(aside, file); // mended, and yet: what is on the disk is not known
            for (var call : List.<Runnable>of(
                    () -> lease.append(Entries.step(2, "x")),
                    lease::flush,
                    () -> journal.create(new RunId("other"), Entries.admitted()),
                    () -> journal.cancel(RUN, "enough"),
                    lease::close)) {
                assertThatExceptionOfType(JournalFailedException.class)
                        .isThrownBy(call::run)
                        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.GONE));
            }
        }
        try (Journal again = open()) {
            assertThat(again.read(RUN, 0)).hasSize(1);
        }
    }

    @Test
    void a_folder_and_an_empty_file_are_no_journal() throws IOException {
        Files.createFile(file);
        assertThatExceptionOfType(CorruptJournalException.class)
                .isThrownBy(this::open)
                .withMessageContaining("empty");
        assertThat(Files.size(file)).isZero();
        file = folder;
        assertThatExceptionOfType(CorruptJournalException.class)
                .isThrownBy(this::open)
                .withMessageContaining("not a file");
    }

    @Test
    void what_is_no_journal_is_left_as_it_is() throws IOException {
        Files.writeString(file, "my shopping list: " + "milk ".repeat(200));
        byte[] before = Files.readAllBytes(file);
        assertThatExceptionOfType(CorruptJournalException.class).isThrownBy(this::open);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);

        Path other = folder.resolve("other.db");
        Sql.run(other, "CREATE TABLE addresses (name TEXT)");
        before = Files.readAllBytes(other);
        file = other;
        assertThatExceptionOfType(CorruptJournalException.class)
                .isThrownBy(this::open)
                .withMessageContaining("no journal");
        assertThat(Files.readAllBytes(other)).isEqualTo(before);
    }

    @Test
    void a_journal_of_a_newer_version_is_refused_before_anything_is_written() throws IOException {
        store(1);
        Sql.run(file, "PRAGMA user_version = 99");
        byte[] before = Files.readAllBytes(file);
        assertThatExceptionOfType(NewerVersionException.class)
                .isThrownBy(this::open)
                .withMessageContainingAll("format 99", "knows 2");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void a_run_that_holds_a_newer_entry_is_not_taken_over() {
        store(2);
        Sql.run(file, "UPDATE entry SET type = 'step.dreamt' WHERE position = 2");
        try (Journal journal = open()) {
            assertThatExceptionOfType(NewerVersionException.class)
                    .isThrownBy(() -> journal.acquire(RUN))
                    .withMessageContaining("'step.dreamt'");
        }
        Sql.run(file, "UPDATE entry SET type = 'step.started' WHERE position = 2");
        try (Journal journal = open()) {
            assertThat(journal.acquire(RUN).epoch()).isEqualTo(2); // the refusal took nothing
        }
    }

    @Test
    void a_path_that_sqlite_would_take_for_options_is_refused() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> SqliteJournal.builder(folder.resolve("runs.db?mode=memory"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_flipped_byte_is_never_read_as_history() throws IOException {
        store(60);
        byte[] good = Files.readAllBytes(file);
        List<?> entries;
        try (Journal journal = open()) {
            entries = journal.read(RUN, 0);
        }
        int noticed = 0;
        for (int place = 101; place < good.length; place += 97) {
            byte[] bad = Arrays.copyOf(good, good.length);
            bad[place] ^= 0x55;
            Files.write(file, bad);
            try (Journal journal = open()) {
                assertThat(journal.read(RUN, 0))
                        .as("with byte %d flipped", place)
                        .isEqualTo(entries);
            } catch (YardmasterException e) {
                noticed++;
            }
        }
        assertThat(noticed).isGreaterThan(20);
    }

    @Test
    void a_lost_tail_and_a_lost_row_are_noticed() {
        store(5);
        Sql.run(file, "DELETE FROM entry WHERE position = 2");
        assertDamaged("entry 2 of run 'run'");
        Sql.run(file, "DELETE FROM entry WHERE position = 5");
        assertDamaged("entry 5 of run 'run'");
    }

    @Test
    void entries_that_lead_in_a_circle_or_into_another_run_are_noticed() {
        store(5);
        Sql.run(file, "UPDATE entry SET previous = (SELECT max(id) FROM entry) WHERE position = 2");
        assertDamaged("entry 1 of run 'run'");
        Sql.run(file, "UPDATE run SET last = 1");
        assertDamaged("entry 5 of run 'run'");
    }

    private void assertDamaged(String which) {
        try (Journal journal = open()) {
            assertThatExceptionOfType(CorruptJournalException.class)
                    .isThrownBy(() -> journal.read(RUN, 0))
                    .withMessageContaining(which);
        }
    }

    @Test
    void a_full_disk_keeps_what_was_acknowledged_and_says_what_to_do() throws Exception {
        // a file system of 1 MB of the child's own; the journal is saved to a real disk before that goes away
        Path small = Files.createDirectory(folder.resolve("small"));
        String script = "mount -t tmpfs -o size=1m none '" + small + "' && \"$@\"; cp '" + small + "'/runs.db* '"
                + folder + "'/";
        List<String> lines = outputOf(
                JournalChild.start(small.resolve("runs.db"), 2_000, "unshare", "-rm", "sh", "-c", script, "sh"));
        assumeTrue(!lines.isEmpty(), "this machine lets nobody mount a file system of their own");
        assertThat(lines.getLast()).startsWith("journal-failed: ").contains("the disk is full", "make room");
        long acknowledged = JournalChild.acknowledged(lines.get(lines.size() - 2));
        assertThat(acknowledged).isGreaterThan(20);
        try (Journal journal = SqliteJournal.builder(file).mustExist().open()) {
            assertThat(journal.read(JournalChild.RUN, 0)).hasSizeGreaterThan((int) acknowledged);
            Lease lease = journal.acquire(JournalChild.RUN); // where there is room, it goes on
            lease.append(Entries.step(0, "x"));
            lease.flush();
        }
    }

    @Test
    void a_disk_without_room_for_a_new_journal_is_told_and_nothing_of_one_is_left() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        String script =
                "mount -t tmpfs -o size=32k none '" + small + "' && \"$@\"; ls '" + small + "' > '" + folder + "/left'";
        List<String> lines =
                outputOf(JournalChild.start(small.resolve("runs.db"), 1, "unshare", "-rm", "sh", "-c", script, "sh"));
        assumeTrue(!lines.isEmpty(), "this machine lets nobody mount a file system of their own");
        assertThat(lines.getLast())
                .isEqualTo("journal-failed: cannot create journal '" + small.resolve("runs.db")
                        + "': the disk is full; make room and open it again");
        assertThat(folder.resolve("left")).isEmptyFile();
    }

    @Test
    void a_file_that_may_not_be_written_is_told() throws Exception {
        store(3);
        byte[] before = Files.readAllBytes(file);
        String script =
                "mount --bind '" + folder + "' '" + folder + "' && mount -o remount,bind,ro '" + folder + "' && \"$@\"";
        List<String> lines = outputOf(JournalChild.start(file, 10, "unshare", "-rm", "sh", "-c", script, "sh"));
        assumeTrue(!lines.isEmpty(), "this machine lets nobody mount a file system of their own");
        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("journal-failed: ")
                .contains("may not be written");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    private static List<String> outputOf(Process child) throws Exception {
        try (var output = child.inputReader()) {
            List<String> lines = output.lines().toList();
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return lines;
        }
    }
}
