package dev.yardmaster.testkit;

import static dev.yardmaster.testkit.JournalScene.RUN;
import static dev.yardmaster.testkit.JournalScene.admitted;
import static dev.yardmaster.testkit.JournalScene.atOnce;
import static dev.yardmaster.testkit.JournalScene.create;
import static dev.yardmaster.testkit.JournalScene.facts;
import static dev.yardmaster.testkit.JournalScene.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.Lease;
import dev.yardmaster.journal.RunOwnedException;
import dev.yardmaster.journal.RunQuery;
import dev.yardmaster.journal.RunSummary;
import dev.yardmaster.journal.StaleLeaseException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Journal} owes the owners of its runs; part of {@link JournalContract}. */
public interface LeaseContract {

    /** A journal on the store of the current test; each call opens another, as another process would. */
    Journal open();

    /** Lets the leases of a journal lapse, as those of a process that stands still for too long. */
    void lapse(Journal journal);

    @Test
    default void a_run_has_one_owner_at_a_time() {
        try (Journal journal = open();
                Journal other = open()) {
            Lease first = create(journal, RUN);
            assertThatExceptionOfType(RunOwnedException.class).isThrownBy(() -> other.acquire(RUN));
            assertThatExceptionOfType(RunOwnedException.class).isThrownBy(() -> journal.acquire(RUN));
            first.append(step("a", "1"));
            first.close();

            Lease second = other.acquire(RUN);
            assertThat(second.epoch()).isGreaterThan(first.epoch());
            assertThat(second.append(step("b", "2")).offset()).isEqualTo(2);
            second.flush();
            assertThat(facts(journal, RUN)).hasSize(3);
        }
    }

    @Test
    default void closing_a_journal_gives_up_its_runs() {
        try (Journal other = open()) {
            try (Journal journal = open()) {
                create(journal, RUN);
            }
            assertThat(other.acquire(RUN).epoch()).isEqualTo(2);
        }
    }

    @Test
    default void an_owner_that_stood_still_is_refused_once_another_has_taken_over() {
        try (Journal journal = open();
                Journal other = open()) {
            Lease stale = create(journal, RUN);
            stale.append(step("a", "1"));
            stale.flush();
            lapse(journal);
            Lease owner = other.acquire(RUN);
            owner.append(step("b", "2"));
            owner.flush();

            assertThatExceptionOfType(StaleLeaseException.class).isThrownBy(() -> {
                stale.append(step("zombie", "3"));
                stale.flush();
            });
            assertThatExceptionOfType(StaleLeaseException.class).isThrownBy(() -> stale.append(step("zombie", "4")));
            assertThatExceptionOfType(StaleLeaseException.class).isThrownBy(stale::flush);
            stale.close();
            assertThat(facts(other, RUN))
                    .containsExactly(
                            admitted("g").fact(),
                            step("a", "1").fact(),
                            step("b", "2").fact());
            owner.append(step("c", "3"));
            owner.flush();
            assertThat(facts(journal, RUN)).hasSize(4);
        }
    }

    @Test
    default void what_an_owner_appended_last_is_not_silently_refused_when_it_closes() {
        try (Journal journal = open();
                Journal other = open()) {
            Lease stale = create(journal, RUN);
            lapse(journal);
            Lease owner = other.acquire(RUN);
            assertThatExceptionOfType(StaleLeaseException.class).isThrownBy(() -> {
                stale.append(step("the end", "1"));
                stale.close();
            });
            owner.append(step("b", "2"));
            owner.flush();
            assertThat(facts(journal, RUN)).hasSize(2);
        }
    }

    @Test
    default void of_many_who_want_a_run_one_gets_it() throws Exception {
        try (Journal journal = open()) {
            create(journal, RUN).close();
            var journals = new ArrayList<Journal>();
            for (int i = 0; i < 8; i++) {
                journals.add(open());
            }
            List<Boolean> got = atOnce(500, i -> {
                try {
                    journals.get(i % 8).acquire(RUN);
                    return true;
                } catch (RunOwnedException e) {
                    return false;
                }
            });
            assertThat(got).containsOnlyOnce(true).hasSize(500);
            journals.forEach(Journal::close);
        }
    }

    @Test
    default void the_entries_of_many_threads_and_runs_are_kept_in_order() throws Exception {
        try (Journal journal = open()) {
            atOnce(24, i -> {
                Lease lease = create(journal, new RunId("run-" + i / 2 + "-" + i % 2));
                for (int n = 0; n < 40; n++) {
                    lease.append(step("step/" + n, "x"));
                    if (n % 3 == 0) {
                        lease.flush();
                    }
                }
                return true;
            });
            Lease shared = create(journal, RUN);
            List<List<Long>> offsets = atOnce(8, i -> {
                var own = new ArrayList<Long>();
                for (int n = 0; n < 50; n++) {
                    own.add(shared.append(step("s", "x")).offset());
                }
                return own;
            });
            assertThat(offsets).allSatisfy(own -> assertThat(own).isSorted());
            assertThat(offsets.stream().flatMap(List::stream))
                    .doesNotHaveDuplicates()
                    .hasSize(400);
            assertThat(journal.read(RUN, 0)).hasSize(401);
            for (RunSummary run : journal.runs(RunQuery.all())) {
                List<RunEvent.Recorded> entries = journal.read(run.id(), 0);
                assertThat(entries.getLast().offset()).isEqualTo(entries.size() - 1);
            }
            List<Fact> one = facts(journal, new RunId("run-3-1"));
            assertThat(one.subList(1, 41))
                    .extracting(fact -> ((Fact.StepStarted) fact).step())
                    .startsWith("step/0", "step/1", "step/2")
                    .endsWith("step/38", "step/39");
        }
    }
}
