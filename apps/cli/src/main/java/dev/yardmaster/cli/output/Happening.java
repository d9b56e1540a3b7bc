package dev.yardmaster.cli.output;

import dev.yardmaster.agent.AgentProfile;
import dev.yardmaster.agent.ChecklistReport;
import dev.yardmaster.agent.ModelAttempt;
import dev.yardmaster.agent.ModelWait;
import dev.yardmaster.context.Compaction;
import dev.yardmaster.dispatch.PlanRoutes;
import dev.yardmaster.dispatch.Route;
import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Failure;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.Usage;
import dev.yardmaster.hook.HookVerdict;
import dev.yardmaster.permission.Decision;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.worktree.MergedWork;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Something a run did that is worth showing. Everything that is shown of a run is made of these. */
public sealed interface Happening {

    /** Where and to whom it happened. */
    Place place();

    /**
     * @param node the execution's path; empty for the run itself
     * @param scope the scopes of the agents above, ending in a slash; empty for an agent that nobody called
     * @param agent who is at work; empty when it is no agent's
     */
    record Place(String node, String scope, String agent) {}

    /** A task was given to a specialist, or to none. @param handedOn the call by which an agent handed it on to nobody by name */
    record Routed(Place place, Optional<String> handedOn, Route route) implements Happening {}

    /** It was found who does what of a plan, or why it cannot be run. */
    record Planned(Place place, PlanRoutes routes) implements Happening {}

    /** An execution of a node began. @param attempt 1 for the first */
    record Started(Place place, int attempt) implements Happening {}

    /** An execution is over. @param taken the targets of the edges that it took */
    record Completed(Place place, List<Fact.Write> writes, List<String> taken) implements Happening {}

    /** An agent began. */
    record Began(Place place, AgentProfile profile) implements Happening {}

    /** A model is asked. */
    record Thinking(Place place, int turn) implements Happening {}

    /** A piece of a reply's text, while it comes; counts for nothing once taken back. Passes; it is in no journal. */
    record Speaking(Place place, String step, String text) implements Happening {}

    /** A reply broke off: what was spoken of it counts for nothing. Passes; it is in no journal. */
    record Faltered(Place place, String step, String why) implements Happening {}

    /** An attempt at a reply came to nothing. */
    record Tried(Place place, ModelAttempt attempt) implements Happening {}

    /** A model is not asked yet. Passes; it is in no journal. */
    record Waits(Place place, ModelWait asked) implements Happening {}

    /** A model replied. @param text may be empty when it only calls tools @param calls how many tools it calls @param dollars what it cost, where that was recorded @param other the model, when another was asked first */
    record Replied(
            Place place,
            int turn,
            String text,
            int calls,
            Usage usage,
            Optional<BigDecimal> dollars,
            Optional<String> other)
            implements Happening {}

    /** A model wrote down what an older part of an agent's conversation said. */
    record Summarized(Place place, int turn, Usage usage, Optional<BigDecimal> dollars) implements Happening {}

    /** An agent's conversation was made shorter before a turn. */
    record Compacted(Place place, int turn, Compaction compaction) implements Happening {}

    /** A call is running. @param step names it until it has ended */
    record Calling(Place place, String step, ToolCall call) implements Happening {}

    /** A running call has something to show. Passes; it is in no journal. */
    record Showing(Place place, String step, String line) implements Happening {}

    /** A call is over. @param decision whether it might run, where the policy was asked */
    record Called(Place place, CallRecord call) implements Happening {}

    /** Work in a git worktree is over. @param of whose, where it is not the agent's at this place; else empty */
    record Merged(Place place, String of, MergedWork work) implements Happening {}

    /** Hooks did something at this point. */
    record Hooked(Place place, List<HookVerdict.Ran> ran) implements Happening {}

    /** The run asks a person. */
    record Asked(Place place, String id, Question question) implements Happening {}

    /** A person, or somebody in their place, answered. */
    record Answered(Place place, Answer answer) implements Happening {}

    /** An agent showed where it stands with its checklist. */
    record Checked(Place place, int round, ChecklistReport report) implements Happening {}

    /** An execution failed. @param retried whether it is tried again */
    record Broke(Place place, Failure failure, boolean retried) implements Happening {}

    /** Most of a budget is used up. Passes; it is in no journal. */
    record Low(Place place, Budget.Low budget) implements Happening {}

    /** The run is over, or waits. */
    record Ended(Place place, String status, List<Failure> failures) implements Happening {}

    /**
     * A tool call from beginning to end.
     *
     * @param turn the reply it belongs to, from 1
     * @param number its place in the reply, from 1
     */
    record CallRecord(
            int turn,
            int number,
            String step,
            ToolCall call,
            ToolResult result,
            Optional<Decision> decision,
            Duration took) {

        /** As checklists cite it: {@code 3.1}. */
        public String citation() {
            return turn + "." + number;
        }

        /** Whether it was not run because nobody allowed it. */
        public boolean isDenied() {
            return result instanceof ToolResult.Rejected
                    && decision.filter(Decision::refuses).isPresent();
        }

        /** Whether it was none: of no tool that the agent has, or with arguments that do not fit. */
        public boolean isNoCall() {
            return result instanceof ToolResult.Rejected
                    && decision.filter(each -> each.rule().equals(Decision.NO_CALL))
                            .isPresent();
        }

        /** The exit code of a command that ran and did not end well. */
        public Optional<Integer> badExit() {
            return call.name().equalsIgnoreCase("Bash") && result instanceof ToolResult.Text
                    ? ExitLine.find(((ToolResult.Text) result).text())
                    : Optional.empty();
        }

        /** Whether it ran, worked, and did not end in an exit code that says otherwise. */
        public boolean isGood() {
            return result.succeeded() && badExit().isEmpty();
        }
    }
}
