package dev.yardmaster.run;

import static dev.yardmaster.graph.Graph.END;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunStatus;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.JournalFailedException;
import dev.yardmaster.journal.JournalFailedException.Reason;
import dev.yardmaster.journal.Lease;
import dev.yardmaster.journal.MemoryJournal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens when a run's end is recorded. */
@Timeout(60)
class RecordedEndTest {

    private static final Channel<Integer> COUNT =
            Channel.of("count", Integer.class).withInitial(0);

    /** In memory; counts what is read, and may refuse that a run completes. */
    private static final class Watched {

        private final Journal memory = new MemoryJournal(InstantSource.system());
        private final AtomicInteger reads = new AtomicInteger();
        private final boolean refusing;
        private volatile boolean closed;

        Watched(boolean refusing) {
            this.refusing = refusing;
        }

        Journal journal() {
            return proxy(Journal.class, (method, arguments) -> {
                if (method.getName().equals("read")) {
                    reads.incrementAndGet();
                    if (closed) {
                        throw new JournalFailedException(Reason.CLOSED, "the journal is closed", null);
                    }
                }
                Object result = call(method, memory, arguments);
                return result instanceof Optional<?> made
                        ? made.map(lease -> lease instanceof Lease real ? lease(real) : lease)
                        : result;
            });
        }

        private Lease lease(Lease real) {
            return proxy(Lease.class, (method, arguments) -> {
                if (refusing
                        && method.getName().equals("append")
                        && ((Entry) arguments[0]).fact() instanceof Fact.RunCompleted) {
                    throw new JournalFailedException(Reason.FULL, "the disk is full", null);
                }
                return call(method, real, arguments);
            });
        }

        private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        /** What is called instead. */
        private interface Called {
            Object with(Method method, Object[] arguments) throws Throwable;
        }

        private static <T> T proxy(Class<T> type, Called called) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (self, method, arguments) -> called.with(method, arguments)));
        }
    }

    private static Graph counting(int rounds) {
        return Graph.builder("count")
                .channels(COUNT)
                .node("add", (state, context) -> Update.of(COUNT, state.get(COUNT) + 1))
                .start("add")
                .choose("add", state -> state.get(COUNT) < rounds ? "add" : END, "add", END)
                .maxIterations(rounds)
                .build();
    }

    @Test
    void an_end_that_cannot_be_recorded_is_no_failure_of_the_node_that_was_the_last() throws Exception {
        var watched = new Watched(true);
        try (var orchestrator =
                Orchestrator.builder().journal(watched.journal()).build()) {
            Run run = orchestrator.start(counting(3), State.empty());
            assertThatThrownBy(run::await)
                    .isInstanceOf(YardmasterException.class)
                    .hasMessageContaining("nothing more of it could be recorded: the disk is full");
            assertThat(run.events(0))
                    .extracting(each -> each.entry().fact().getClass().getSimpleName())
                    .endsWith("NodeStarted", "NodeCompleted");
        }
    }

    @Test
    void a_long_runs_entries_are_left_in_the_journal_until_somebody_asks() throws Exception {
        var watched = new Watched(false);
        try (var orchestrator =
                Orchestrator.builder().journal(watched.journal()).build()) {
            Run run = orchestrator.start(counting(RunView.AT_ONCE), State.empty());
            int before = watched.reads.get();
            RunView view = run.await().view();
            assertThat(view.status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(view.failures()).isEmpty();
            assertThat(watched.reads.get()).isEqualTo(before);
            List<RunEvent.Recorded> entries = view.entries();
            assertThat(entries).hasSize(2 * RunView.AT_ONCE + 2);
            assertThat(view.lastAt()).isEqualTo(entries.getLast().at());
            assertThat(view.nodes()).hasSize(RunView.AT_ONCE);
            assertThat(watched.reads.get()).isEqualTo(before + 1);
        }
    }

    private static Graph endless() {
        return Graph.builder("endless")
                .channels(COUNT)
                .node("add", (state, context) -> Update.none())
                .start("add")
                .edge("add", "add")
                .maxIterations(RunView.AT_ONCE)
                .build();
    }

    @Test
    void why_a_long_run_has_no_state_is_told_also_when_its_journal_is_closed() throws Exception {
        var watched = new Watched(false);
        Outcome outcome;
        try (var orchestrator =
                Orchestrator.builder().journal(watched.journal()).build()) {
            outcome = orchestrator.start(endless(), State.empty()).await();
        }
        watched.closed = true;
        assertThatThrownBy(outcome::orElseThrow)
                .isInstanceOf(NotCompletedException.class)
                .hasMessageMatching("run '.*' of graph 'endless' failed at 'add.*': .*");
    }

    @Test
    void that_a_long_run_waits_is_told_also_when_its_journal_is_closed() throws Exception {
        var watched = new Watched(false);
        var graph = Graph.builder("patient")
                .channels(COUNT)
                .node("add", (state, context) -> Update.of(COUNT, state.get(COUNT) + 1))
                .node("ask", (state, context) -> {
                    context.ask(Question.of("well?", "yes", "no"));
                    return Update.none();
                })
                .start("add")
                .choose("add", state -> state.get(COUNT) < RunView.AT_ONCE ? "add" : "ask", "add", "ask")
                .maxIterations(RunView.AT_ONCE)
                .build();
        Outcome outcome;
        try (var orchestrator =
                Orchestrator.builder().journal(watched.journal()).build()) {
            outcome = orchestrator.start(graph, State.empty()).await();
        }
        watched.closed = true;
        assertThatThrownBy(outcome::orElseThrow)
                .isInstanceOf(NotCompletedException.class)
                .hasMessageMatching(
                        "run '.*' of graph 'patient' waits; for what could not be read: the journal is closed");
    }

    @Test
    void how_a_long_run_failed_is_known_without_its_entries() throws Exception {
        var watched = new Watched(false);
        try (var orchestrator =
                Orchestrator.builder().journal(watched.journal()).build()) {
            Run run = orchestrator.start(endless(), State.empty());
            int before = watched.reads.get();
            RunView view = run.await().view();
            assertThat(view.status()).isEqualTo(RunStatus.FAILED);
            assertThat(view.failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo("limit.iterations"));
            assertThat(watched.reads.get()).isEqualTo(before);
        }
    }
}
