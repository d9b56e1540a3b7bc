package dev.yardmaster.graph;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** What a running node may do beside computing. Belongs to one execution; {@link #scope scopes} may be used in parallel. */
public interface NodeContext {

    /**
     * A recorded piece of work: run once, remembered. When the run is resumed and the step had finished, its output is
     * returned without running it again.
     *
     * @param name its name in this scope; a name used again gets {@code #2}
     * @param type of the output, for reading it back
     * @param input what the output depends on; a change on resume fails the run, because the code has changed
     * @param effect what repeating it would do
     * @param body the work; blocks
     * @throws Exception what the body throws, recorded as the step's failure first. After a crash: a {@code
     *     StepInDoubtException} when the step had started and not finished, and may not be run again
     */
    <T> T step(String name, Class<T> type, Object input, Effect effect, Callable<T> body) throws Exception;

    /**
     * A step that can be looked into after a crash.
     *
     * @param probe asked when the step had started and not finished; a context that is never resumed does not need it
     */
    default <T> T step(String name, Class<T> type, Object input, Effect effect, Probe<T> probe, Callable<T> body)
            throws Exception {
        return step(name, type, input, effect, body);
    }

    /**
     * A step whose output follows from its input, the code, and files such as an agent's, and from nothing else. It is
     * recorded so that it stays what it was: when the node runs again it is computed again and compared, and when its
     * essence is another one by then, the run fails and says what differs, or goes on with what was recorded where
     * changes are allowed. A replay compares it, too, which is how it finds what a change of a prompt changes.
     *
     * @param essence what of the output has to stay the same; has a JSON form
     * @param body computes it: quick, without effects, and without looking at anything that changes by itself
     */
    default <T> T derived(String name, Class<T> type, Object input, Function<? super T, ?> essence, Callable<T> body)
            throws Exception {
        return step(name, type, input, Effect.READ_ONLY, body);
    }

    /**
     * A context whose steps have names of their own: for parallel calls, a child agent.
     *
     * @param name its name in this scope; a name used again gets {@code #2}
     */
    NodeContext scope(String name);

    /**
     * A context whose steps draw from a budget of their own, beside those they draw from anyway. Their names are those of
     * this scope. When the node runs again, what they used up before counts.
     *
     * @param whose for messages, such as {@code agent 'tester'}
     */
    default NodeContext within(String whose, Budget own) {
        return this;
    }

    /** What the steps of this context may still use up. */
    default Allowance allowance() {
        return Allowance.unlimited();
    }

    /**
     * Asks a person and waits for the answer, however long that takes; the question is recorded first.
     *
     * @throws InterruptedException when the run is cancelled or its orchestrator is closed
     */
    Answer ask(Question question) throws InterruptedException;

    /**
     * Records something about work under way, for {@link #notes}: it costs an entry, is durable with the next one that has
     * to be, and nothing follows from it in a replay.
     *
     * @param about what it is about, in this scope, such as the name of a step
     * @param note has a JSON form
     */
    default void note(String about, Object note) {}

    /** What earlier processes that were at this work noted about it since it was last begun anew, in order. */
    default <T> List<T> notes(String about, Class<T> type) {
        return List.of();
    }

    /**
     * Waits; the time at which to go on is recorded, so a restart does not begin the wait anew. A run in which everything
     * waits, and no time is near, is suspended.
     *
     * @throws InterruptedException when the run is cancelled or its orchestrator is closed
     */
    void sleep(Duration duration) throws InterruptedException;

    /** The orchestrator's clock. */
    Instant now();

    /**
     * A text without the secrets that are taken out of what is recorded: for what is kept beside the record. Outputs, inputs
     * and questions need none of it.
     */
    default String redacted(String text) {
        return text;
    }

    /** A key that is the same whenever this scope of this execution is run again: for services that accept one. */
    String idempotencyKey();

    /** Tells listeners something that is worth showing and not worth recording. */
    void publish(RunEvent.Live event);

    /**
     * The nodes from which the execution was reached: of its graph, and only those whose edges to it were taken, in the order
     * in which the edges were declared. A join tells by it which branches came; a loop's head, whether it begins (the nodes
     * before the loop) or goes round again (those that went back). Empty where a run or a subgraph begins. What runs for
     * elements of a list was reached from where its {@code forEach} was.
     */
    List<String> arrivedFrom();

    RunId run();

    NodePath path();
}
