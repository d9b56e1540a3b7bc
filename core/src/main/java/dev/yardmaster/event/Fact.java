package dev.yardmaster.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one journal entry says. The run's status, the summary, a resume and a replay are all read from the list of
 * these; their JSON form is the journal's format, so components are added, never renamed.
 */
public sealed interface Fact {

    /**
     * The run exists: what it runs, on what input. Durable before {@code start} returns.
     *
     * @param fingerprint of the graph: a string, computed when it is asked for
     * @param deadline how long it may take from now on, however often it is resumed
     * @param failFast whether a failed node interrupts what runs beside it
     * @param budget how much it may use up, however often it is resumed
     */
    record RunAdmitted(
            String graph,
            Json fingerprint,
            Json input,
            Map<String, String> labels,
            Optional<RunId> parent,
            Optional<Duration> deadline,
            boolean failFast,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Budget> budget)
            implements Fact {

        public RunAdmitted {
            deadline = deadline == null ? Optional.empty() : deadline; // entries of the first versions have none
            budget = budget == null ? Optional.empty() : budget;
        }

        public RunAdmitted(
                String graph, String fingerprint, Json input, Map<String, String> labels, Optional<RunId> parent) {
            this(graph, Json.of(fingerprint), input, labels, parent, Optional.empty(), false, Optional.empty());
        }
    }

    /** An execution began. @param attempt 1 for the first, more when the node is retried or the run was resumed */
    record NodeStarted(int attempt) implements Fact {}

    /** An execution is over. @param taken the targets of the edges that were taken, in declaration order */
    record NodeCompleted(List<Write> writes, List<String> taken) implements Fact {}

    /** What one execution wrote to one channel. @param replaces true when it overwrites a channel with a reducer */
    record Write(String channel, Json value, boolean replaces) {}

    /** An attempt at an execution failed. @param retried whether another attempt follows */
    record NodeFailed(Failure failure, boolean retried) implements Fact {}

    /**
     * A step's body is about to run.
     *
     * @param input what it was given, and what its {@code inputHash} was made of
     * @param before what a probe needs to know to tell after a crash whether it happened; JSON null for none
     */
    record StepStarted(String step, Effect effect, Json input, Json inputHash, int attempt, Json before)
            implements Fact {

        public StepStarted {
            before = before == null ? Json.none() : before; // entries of the first versions have none
        }

        public StepStarted(String step, Effect effect, Json input, String inputHash, int attempt) {
            this(step, effect, input, Json.of(inputHash), attempt, Json.none());
        }
    }

    /**
     * A step's body is over: it has an output or a failure.
     *
     * @param usage what it consumed, when it was a model's reply
     * @param dollars what that cost; empty when it is not known
     */
    record StepFinished(
            String step,
            Optional<Json> output,
            Optional<Failure> failure,
            Optional<Usage> usage,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<BigDecimal> dollars,
            Duration took)
            implements Fact {

        public StepFinished {
            dollars = dollars == null ? Optional.empty() : dollars; // entries of the first versions have none
        }

        public StepFinished(
                String step, Optional<Json> output, Optional<Failure> failure, Optional<Usage> usage, Duration took) {
            this(step, output, failure, usage, Optional.empty(), took);
        }

        /** What was used up; empty when it was no model's reply. */
        public Optional<Spending> spent() {
            return usage.map(used -> Spending.reply(used, dollars));
        }
    }

    /** @param id the question's name in this run, to be used in the answer */
    record QuestionAsked(String id, Question question) implements Fact {}

    record QuestionAnswered(Answer answer) implements Fact {}

    record TimerSet(String step, Instant due) implements Fact {}

    record TimerFired(String step) implements Fact {}

    /**
     * Something worth remembering of work under way, such as an attempt that failed. Nothing follows from it, so a replay
     * does not look for it.
     *
     * @param about the name of what it is about, such as a step's
     */
    record Noted(String about, Json note) implements Fact {}

    /** Nothing in the run can go on without a person or a timer. */
    record RunSuspended(String reason) implements Fact {}

    /**
     * Somebody went on with the run, after a suspension, an interruption or a failure.
     *
     * @param deadline how long it may take, from its admission on, when that was changed
     * @param budget how much it may use up, what it has used before included, when that was changed
     * @param formerMayLive whether the owner before was not known to have ended: what it had begun may still happen
     */
    record RunResumed(
            long epoch,
            Optional<Duration> deadline,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Budget> budget,
            boolean formerMayLive)
            implements Fact {

        public RunResumed {
            deadline = deadline == null ? Optional.empty() : deadline; // entries of the first versions have none
            budget = budget == null ? Optional.empty() : budget;
        }

        public RunResumed(long epoch) {
            this(epoch, Optional.empty(), Optional.empty(), false);
        }
    }

    /** The run reached its end; its final state is the fold of what was written. */
    record RunCompleted() implements Fact {}

    /** @param failures all of them, in path order */
    record RunFailed(List<Failure> failures) implements Fact {}

    record RunCancelled(String reason) implements Fact {}

    /** This run is a copy of another up to an offset. */
    record RunForked(RunId from, long atOffset) implements Fact {}
}
