package dev.yardmaster.testkit;

import static dev.yardmaster.testkit.JournalScene.RUN;
import static dev.yardmaster.testkit.JournalScene.admitted;
import static dev.yardmaster.testkit.JournalScene.answer;
import static dev.yardmaster.testkit.JournalScene.cancel;
import static dev.yardmaster.testkit.JournalScene.catchIt;
import static dev.yardmaster.testkit.JournalScene.create;
import static dev.yardmaster.testkit.JournalScene.facts;
import static dev.yardmaster.testkit.JournalScene.found;
import static dev.yardmaster.testkit.JournalScene.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.RunStatus;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.JournalFailedException;
import dev.yardmaster.journal.Lease;
import dev.yardmaster.journal.RunQuery;
import dev.yardmaster.journal.RunSummary;
import dev.yardmaster.journal.UnknownRunException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Journal} must do. The test of an implementation implements this interface and says how its journals
 * are opened; the runs of one test must not be there in the next.
 */
public interface JournalContract extends LeaseContract, RequestContract {

    @Test
    default void a_run_is_created_once() {
        try (Journal journal = open()) {
            assertThat(journal.create(RUN, admitted("g"))).isPresent();
            assertThat(journal.create(RUN, admitted("other"))).isEmpty();
            assertThat(facts(journal, RUN)).containsExactly(admitted("g").fact());
        }
    }

    @Test
    default void a_run_begins_with_its_admission() {
        try (Journal journal = open()) {
            assertThatIllegalArgumentException().isThrownBy(() -> journal.create(RUN, step("s", "x")));
            assertThatIllegalArgumentException().isThrownBy(() -> journal.create(RUN, List.of()));
            assertThat(journal.runs(RunQuery.all())).isEmpty();
        }
    }

    @Test
    default void what_a_run_begins_with_is_there_for_others_at_once() {
        try (Journal journal = open();
                Journal other = open()) {
            journal.create(RUN, List.of(admitted("g"), step("s", "x")));
            assertThat(facts(other, RUN)).hasSize(2);
        }
    }

    @Test
    default void entries_are_read_as_they_were_appended_and_in_that_order() {
        try (Journal journal = open()) {
            Lease lease = create(journal, RUN);
            var appended = new ArrayList<RunEvent.Recorded>();
            for (int i = 0; i < 25; i++) {
                appended.add(lease.append(step("step/" + i, "input " + i)));
            }
            List<RunEvent.Recorded> read = journal.read(RUN, 0);
            assertThat(read.subList(1, read.size())).isEqualTo(appended);
            assertThat(read)
                    .extracting(RunEvent.Recorded::offset)
                    .startsWith(0L, 1L, 2L)
                    .endsWith(24L, 25L);
            assertThat(journal.read(RUN, 20)).isEqualTo(read.subList(20, 26));
            assertThat(journal.read(RUN, 26)).isEmpty();
        }
    }

    @Test
    default void what_was_flushed_is_there_for_others_and_after_a_restart() {
        try (Journal journal = open()) {
            Lease lease = create(journal, RUN);
            lease.append(step("a", "1"));
            lease.flush();
            try (Journal other = open()) {
                assertThat(other.read(RUN, 0)).isEqualTo(journal.read(RUN, 0)).hasSize(2);
            }
            lease.append(step("b", "2"));
        }
        try (Journal restarted = open()) {
            assertThat(restarted.read(RUN, 0)).hasSize(3); // closing makes the rest durable
        }
    }

    @Test
    default void any_text_and_any_size_comes_back_unchanged() {
        try (Journal journal = open()) {
            Lease lease = create(journal, RUN);
            String large = "0123456789abcdef".repeat(20_000);
            List<String> texts = List.of(
                    "", "'; DROP TABLE run; --", "\u0000\u0001\n\t\"\\", "ß … 漢字 🚂", large, large, large + "!");
            texts.forEach(text -> lease.append(new Entry(
                    NodePath.of("a'; DELETE FROM run/b[1]"), step("s", text).fact())));
            lease.flush();
            assertThat(journal.read(RUN, 1))
                    .extracting(recorded ->
                            ((Fact.StepStarted) recorded.entry().fact()).input().as(String.class))
                    .isEqualTo(texts);
            assertThat(journal.read(RUN, 1).getFirst().entry().at()).isEqualTo(NodePath.of("a'; DELETE FROM run/b[1]"));
        }
    }

    @Test
    default void an_unknown_run_is_told_by_name() {
        try (Journal journal = open()) {
            var unknown = new RunId("nobody");
            List<Callable<?>> calls = List.of(
                    () -> journal.read(unknown, 0),
                    () -> journal.acquire(unknown),
                    () -> journal.requests(unknown),
                    () -> answer(journal, unknown, "q", "yes"),
                    () -> cancel(journal, unknown, "enough"));
            for (Callable<?> call : calls) {
                assertThatExceptionOfType(UnknownRunException.class)
                        .isThrownBy(call::call)
                        .withMessageContaining("'nobody'");
            }
        }
    }

    @Test
    default void runs_are_found_by_status_labels_and_time() {
        try (Journal journal = open()) {
            Instant before = Instant.now().minus(Duration.ofHours(1));
            Instant after = Instant.now().plus(Duration.ofHours(1));
            var team = Map.of("team", "blue", "o'clock", "\"x\"");
            Lease first =
                    journal.create(new RunId("first"), admitted("one", team)).orElseThrow();
            Lease second = journal.create(new RunId("second"), admitted("two", Map.of("team", "red")))
                    .orElseThrow();
            create(journal, new RunId("third"));
            first.append(Entry.ofRun(new Fact.RunCompleted()));
            first.close();
            second.append(Entry.ofRun(new Fact.RunSuspended("waits")));
            second.flush();

            assertThat(found(journal, RunQuery.all())).containsExactly("third", "second", "first");
            assertThat(found(journal, RunQuery.all().newest(2))).containsExactly("third", "second");
            assertThat(found(journal, RunQuery.all().withStatus(RunStatus.COMPLETED, RunStatus.SUSPENDED)))
                    .containsExactly("second", "first");
            assertThat(found(journal, RunQuery.all().withStatus(RunStatus.FAILED)))
                    .isEmpty();
            assertThat(found(journal, RunQuery.all().withLabel("team", "blue"))).containsExactly("first");
            assertThat(found(journal, RunQuery.all().withLabel("team", "blue").withLabel("o'clock", "\"x\"")))
                    .containsExactly("first");
            assertThat(found(journal, RunQuery.all().withLabel("team", "blue").withLabel("o'clock", "y")))
                    .isEmpty();
            assertThat(found(journal, RunQuery.all().startedSince(before))).hasSize(3);
            assertThat(found(journal, RunQuery.all().startedSince(after))).isEmpty();
            assertThat(found(journal, RunQuery.all().idleSince(after))).hasSize(3);
            assertThat(found(journal, RunQuery.all().idleSince(before))).isEmpty();

            RunSummary done = journal.runs(RunQuery.all()).getLast();
            assertThat(done.graph()).isEqualTo("one");
            assertThat(done.labels()).isEqualTo(team);
            assertThat(done.status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(done.startedAt())
                    .isEqualTo(journal.read(done.id(), 0).getFirst().at());
            assertThat(done.since())
                    .isEqualTo(journal.read(done.id(), 0).getLast().at());
            assertThat(journal.runs(RunQuery.all()))
                    .extracting(RunSummary::owned)
                    .containsExactly(true, true, false);
        }
    }

    @Test
    default void runs_that_have_ended_can_be_pruned_and_no_others() {
        try (Journal journal = open()) {
            for (String name : List.of("old", "kept", "open")) {
                Lease lease = create(journal, new RunId(name));
                lease.append(step("s", name + "x".repeat(100_000)));
                lease.append(step("s", "shared" + "y".repeat(100_000)));
                if (!name.equals("open")) {
                    lease.append(Entry.ofRun(new Fact.RunFailed(List.of())));
                }
                answer(journal, new RunId(name), "q", "yes");
                if (name.equals("old")) {
                    lease.close();
                } else {
                    lease.flush();
                }
            }
            assertThat(journal.prune(RunQuery.all().withLabel("no", "such"))).isEmpty();
            assertThat(journal.prune(RunQuery.all())).containsExactly(new RunId("old"));
            assertThatExceptionOfType(UnknownRunException.class).isThrownBy(() -> journal.read(new RunId("old"), 0));
            assertThat(found(journal, RunQuery.all())).containsExactly("open", "kept");
            assertThat(facts(journal, new RunId("kept"))).hasSize(4);
            assertThat(facts(journal, new RunId("open"))).hasSize(3);
            assertThat(journal.create(new RunId("old"), admitted("again"))).isPresent();
            assertThat(journal.requests(new RunId("old")).answers()).isEmpty();
        }
    }

    @Test
    default void a_closed_journal_writes_nothing_more() {
        Journal journal = open();
        Lease lease = create(journal, RUN);
        journal.close();
        journal.close();
        List<Callable<?>> calls = List.of(
                () -> lease.append(step("s", "x")),
                () -> journal.acquire(RUN),
                () -> answer(journal, RUN, "q", "yes"),
                () -> journal.prune(RunQuery.all()),
                () -> journal.create(new RunId("other"), admitted("g")));
        for (Callable<?> call : calls) {
            assertThatExceptionOfType(JournalFailedException.class)
                    .isThrownBy(call::call)
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(JournalFailedException.Reason.CLOSED));
        }
    }

    @Test
    default void a_lease_that_was_given_up_appends_nothing() {
        try (Journal journal = open()) {
            Lease lease = create(journal, RUN);
            lease.close();
            lease.close();
            assertThat(catchIt(() -> lease.append(step("s", "x")))).isInstanceOf(IllegalStateException.class);
            assertThat(facts(journal, RUN)).hasSize(1);
        }
    }
}
