package dev.yardmaster.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.RunStatus;
import dev.yardmaster.journal.AlreadyAnsweredException;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.JournalFailedException;
import dev.yardmaster.journal.Lease;
import dev.yardmaster.journal.RunOwnedException;
import dev.yardmaster.journal.RunQuery;
import dev.yardmaster.journal.RunSummary;
import dev.yardmaster.journal.StaleLeaseException;
import dev.yardmaster.journal.UnknownRunException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Journal} must do. The test of an implementation implements this interface and says how its journals
 * are opened; the runs of one test must not be there in the next.
 */
public interface JournalContract {

    RunId RUN = new RunId("run-1");

    /** A journal on the store of the current test; each call opens another, as another process would. */
    Journal open();

    /** Lets the leases of a journal lapse, as those of a process that stands still for too long. */
    void lapse(Journal journal);

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
    default void of_many_who_want_a_run_one_gets_it() throws Exception {
        try (Journal journal = open()) {
            create(journal, RUN).close();
            var journals = new ArrayList<Journal>();
            for (int i = 0; i < 8; i++) {
                journals.add(open());
            }
            List<Boolean> got = atOnce(64, i -> {
                try {
                    journals.get(i % 8).acquire(RUN);
                    return true;
                } catch (RunOwnedException e) {
                    return false;
                }
            });
            assertThat(got).containsOnlyOnce(true);
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

    @Test
    default void the_first_answer_to_a_question_counts() {
        try (Journal journal = open();
                Journal other = open()) {
            create(journal, RUN);
            answer(other, RUN, "q1", "yes");
            assertThatExceptionOfType(AlreadyAnsweredException.class)
                    .isThrownBy(() -> answer(journal, RUN, "q1", "no"))
                    .withMessageContainingAll("q1", "yes")
                    .satisfies(e -> assertThat(e.first().choice()).isEqualTo("yes"));
            answer(journal, RUN, "q'2", "no");
            assertThat(journal.requests(RUN).answers())
                    .containsExactly(new Answer("q1", "yes", "why", "me"), new Answer("q'2", "no", "why", "me"));
            assertThat(other.requests(RUN)).isEqualTo(journal.requests(RUN));
        }
    }

    @Test
    default void of_many_answers_at_once_one_is_taken() throws Exception {
        try (Journal journal = open();
                Journal other = open()) {
            create(journal, RUN);
            List<Optional<String>> taken = atOnce(40, i -> {
                try {
                    answer(i % 2 == 0 ? journal : other, RUN, "q", "choice " + i);
                    return Optional.of("choice " + i);
                } catch (AlreadyAnsweredException e) {
                    return Optional.<String>empty();
                }
            });
            List<String> winners = taken.stream().flatMap(Optional::stream).toList();
            assertThat(winners).hasSize(1);
            assertThat(journal.requests(RUN).answers())
                    .extracting(Answer::choice)
                    .isEqualTo(winners);
        }
    }

    @Test
    default void the_wish_to_cancel_is_kept_with_its_first_reason() {
        try (Journal journal = open();
                Journal other = open()) {
            create(journal, RUN);
            assertThat(journal.requests(RUN).cancellation()).isEmpty();
            other.cancel(RUN, "enough");
            journal.cancel(RUN, "really");
            assertThat(journal.requests(RUN).cancellation()).contains("enough");
            assertThat(facts(journal, RUN)).hasSize(1); // it is the owner who makes entries of such things
        }
    }

    @Test
    default void an_owner_is_told_what_was_left_for_it() throws Exception {
        try (Journal journal = open();
                Journal other = open()) {
            Lease lease = create(journal, RUN);
            var toldOfOwn = new CountDownLatch(1);
            lease.onRequest(toldOfOwn::countDown);
            answer(journal, RUN, "q1", "yes");
            assertThat(toldOfOwn.await(10, TimeUnit.SECONDS)).isTrue();

            var toldOfOther = new CountDownLatch(1);
            lease.onRequest(toldOfOther::countDown);
            other.cancel(RUN, "enough");
            assertThat(toldOfOther.await(10, TimeUnit.SECONDS)).isTrue();
            lease.close();

            var toldLater = new CountDownLatch(1);
            other.acquire(RUN).onRequest(toldLater::countDown);
            assertThat(toldLater.await(10, TimeUnit.SECONDS)).isTrue();
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

    private static Lease create(Journal journal, RunId run) {
        return journal.create(run, admitted("g")).orElseThrow();
    }

    private static Entry admitted(String graph) {
        return admitted(graph, Map.of());
    }

    private static Entry admitted(String graph, Map<String, String> labels) {
        var input = Json.of(Map.of("task", "x"));
        return Entry.ofRun(new Fact.RunAdmitted(graph, "fingerprint", input, labels, Optional.empty()));
    }

    private static Entry step(String name, String input) {
        var given = Json.of(input);
        return new Entry(NodePath.of("node"), new Fact.StepStarted(name, Effect.ONCE, given, given.sha256(), 1));
    }

    private static List<Fact> facts(Journal journal, RunId run) {
        return journal.read(run, 0).stream()
                .map(recorded -> recorded.entry().fact())
                .toList();
    }

    private static List<String> found(Journal journal, RunQuery query) {
        return journal.runs(query).stream().map(run -> run.id().value()).toList();
    }

    private static boolean answer(Journal journal, RunId run, String question, String choice) {
        journal.answer(run, new Answer(question, choice, "why", "me"));
        return true;
    }

    private static boolean cancel(Journal journal, RunId run, String reason) {
        journal.cancel(run, reason);
        return true;
    }

    private static Throwable catchIt(Callable<?> call) {
        return org.assertj.core.api.Assertions.catchThrowable(call::call);
    }

    /** What one call of many, begun together, came to. */
    interface Numbered<T> {
        T call(int number) throws Exception;
    }

    private static <T> List<T> atOnce(int count, Numbered<T> task) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var begin = new CountDownLatch(1);
            var results = new ArrayList<Future<T>>();
            for (int i = 0; i < count; i++) {
                int number = i;
                results.add(executor.submit(() -> {
                    begin.await();
                    return task.call(number);
                }));
            }
            begin.countDown();
            var values = new ArrayList<T>();
            for (Future<T> result : results) {
                values.add(result.get());
            }
            return values;
        }
    }
}
