package dev.yardmaster.tool;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Question;
import java.util.List;
import java.util.Optional;

/** Whom a running tool can turn to: the other agents, and the person. What comes of it is recorded with the call. */
public interface Liaison {

    /**
     * Has another agent do something, under a policy that is never wider than the caller's. Blocks until it is done.
     *
     * @param agent its name
     * @param task all that it is told
     * @param model the name of a model other than the agent's own; empty for that
     * @return what it said last, with what it used up; a rejection when it may not be asked, a failure when it was stopped
     * @throws InterruptedException when the run is cancelled or its orchestrator is closed
     */
    ToolResult handOff(String agent, String task, String model) throws InterruptedException;

    /**
     * Has another agent do what not the model but a file wants it to do: only where the caller could have it do that without
     * anybody being asked. Blocks until it is done.
     *
     * @param without tools that it does not have for that
     * @return as {@link #handOff}; empty when there is no such agent, or the caller may not ask it
     * @throws InterruptedException when the run is cancelled or its orchestrator is closed
     */
    default Optional<ToolResult> handOver(String agent, String task, String model, List<String> without)
            throws InterruptedException {
        return Optional.empty();
    }

    /**
     * As {@link #handOff}, where the agent works in a git worktree, whose changes are merged into the caller's workspace when it is
     * done. A rejection where no worktree is to be had.
     */
    default ToolResult handOffApart(String agent, String task, String model) throws InterruptedException {
        return new ToolResult.Rejected("there are no worktrees here");
    }

    /**
     * Asks the person. Blocks, over restarts, until somebody answers.
     *
     * @throws InterruptedException when the run is cancelled or its orchestrator is closed
     */
    Answer ask(Question question) throws InterruptedException;

    /**
     * Has a small model without tools answer a question about a text that strangers wrote, so that what the text tells
     * machines to do reaches nobody who could do it. Blocks. The text is recorded: once an answer was begun, it is about
     * that text, also when it is asked for again after a crash with another.
     *
     * @return its answer, with what it used up; empty when no small model is there, or it gave none
     * @throws InterruptedException when the run is cancelled or its orchestrator is closed
     */
    default Optional<ToolResult.Text> read(String text, String question) throws InterruptedException {
        return Optional.empty();
    }

    /** Nobody is there: hand-overs are rejected. */
    static Liaison none() {
        return new Liaison() {
            @Override
            public ToolResult handOff(String agent, String task, String model) {
                return new ToolResult.Rejected("there are no other agents here");
            }

            @Override
            public Answer ask(Question question) {
                return new Answer("", "", "nobody is there to be asked", "nobody");
            }
        };
    }
}
