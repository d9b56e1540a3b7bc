package dev.yardmaster.testkit;

import dev.yardmaster.event.Failure;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunStatus;
import dev.yardmaster.event.Usage;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.State;
import dev.yardmaster.run.RunView;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;
import org.assertj.core.api.ObjectAssert;

/** Assertions on a run. Every failure tells how the run ended and why, so that nobody has to look for it. */
public final class RunAssert extends AbstractAssert<RunAssert, RunView> {

    private final Optional<State> state;

    RunAssert(RunView view, Optional<State> state) {
        super(view, RunAssert.class);
        this.state = state;
    }

    /** It reached its end. */
    public RunAssert completed() {
        return ended(RunStatus.COMPLETED);
    }

    /** A node failed. */
    public RunAssert failed() {
        return ended(RunStatus.FAILED);
    }

    /** A node failed with this {@link Failure#kind}, such as {@code model.not-authorized}. */
    public RunAssert failedWith(String kind) {
        failed();
        if (actual.failures().stream().noneMatch(failure -> failure.kind().equals(kind))) {
            throw broken("have failed with '" + kind + "'");
        }
        return this;
    }

    /** Everything in it waits for a person, or for a time. */
    public RunAssert suspended() {
        return ended(RunStatus.SUSPENDED);
    }

    /** It waits for the answer to a question whose text holds this. */
    public RunAssert asks(String part) {
        if (actual.questions().values().stream().map(Question::text).noneMatch(text -> text.contains(part))) {
            throw broken("ask something with '" + part + "' in it");
        }
        return this;
    }

    /** Somebody cancelled it. */
    public RunAssert cancelled() {
        return ended(RunStatus.CANCELLED);
    }

    private RunAssert ended(RunStatus status) {
        if (actual.status() != status) {
            throw broken("be " + status);
        }
        return this;
    }

    /** Exactly these executions began, in this order: {@code "build", "test", "build#2"}. */
    public RunAssert visited(String... paths) {
        if (!actual.visited().equals(Arrays.asList(paths))) {
            throw broken("have visited exactly " + Arrays.toString(paths) + " in this order");
        }
        return this;
    }

    /** Exactly these executions began; branches that run at once begin in any order. */
    public RunAssert visitedInAnyOrder(String... paths) {
        if (!sorted(actual.visited()).equals(sorted(Arrays.asList(paths)))) {
            throw broken("have visited exactly " + Arrays.toString(paths) + " in any order");
        }
        return this;
    }

    private static List<String> sorted(List<String> paths) {
        return paths.stream().sorted().toList();
    }

    /** No execution of these paths began. */
    public RunAssert didNotVisit(String... paths) {
        if (actual.visited().stream().anyMatch(Arrays.asList(paths)::contains)) {
            throw broken("have visited none of " + Arrays.toString(paths));
        }
        return this;
    }

    /** The value of a channel at the end. */
    public <T> ObjectAssert<T> channel(Channel<T> channel) {
        return Assertions.assertThat(value(channel)).as(named(channel));
    }

    /** The text in a channel at the end. */
    public AbstractStringAssert<?> text(Channel<String> channel) {
        return Assertions.assertThat(value(channel)).as(named(channel));
    }

    /** The list in a channel at the end. */
    public <E> ListAssert<E> list(Channel<List<E>> channel) {
        return Assertions.assertThat(value(channel)).as(named(channel));
    }

    private String named(Channel<?> channel) {
        return "channel '" + channel.name() + "' of run '" + actual.id() + "'";
    }

    private <T> T value(Channel<T> channel) {
        completed();
        State end = state.orElseThrow(() -> failure(
                "%s", "a view of a run holds no final state; give assertThat the run or its outcome, not its view"));
        return end.find(channel)
                .orElseThrow(() -> broken("have a value in channel '" + channel.name() + "', but only "
                        + end.json().keySet() + " were written"));
    }

    /** What its model replies consumed, children included. */
    public ObjectAssert<Usage> usage() {
        return Assertions.assertThat(actual.usage()).as("usage of run '" + actual.id() + "'");
    }

    /** Its model replies consumed at most so many tokens, sent and received. */
    public RunAssert usedAtMostTokens(long most) {
        long used = actual.usage().inputTokens() + actual.usage().outputTokens();
        if (used > most) {
            throw broken("have used at most " + most + " tokens, but it used " + used);
        }
        return this;
    }

    /** What an agent of this name did, all of its tasks in this run together. */
    public AgentAssert agent(String name) {
        List<AgentWork> all = AgentWork.in(actual);
        List<AgentWork> works =
                all.stream().filter(work -> work.agent().equals(name)).toList();
        if (works.isEmpty()) {
            throw broken("have had agent '" + name + "' at work; there were "
                    + all.stream().map(AgentWork::agent).distinct().toList());
        }
        return new AgentAssert("agent '" + name + "'", works);
    }

    /** What the agent of one execution did: {@code "build#2"}. */
    public AgentAssert agentAt(String path) {
        List<AgentWork> works = AgentWork.in(actual).stream()
                .filter(work -> work.at().value().equals(path) && work.scope().isEmpty())
                .toList();
        if (works.isEmpty()) {
            throw broken("have had an agent at work at '" + path + "'");
        }
        return new AgentAssert("agent '" + works.getFirst().agent() + "' at '" + path + "'", works);
    }

    private AssertionError broken(String wanted) {
        var text = new StringBuilder("Expecting run '" + actual.id() + "' of graph '" + actual.graph() + "' to "
                + wanted + ".\nIt is " + actual.status() + " and visited " + actual.visited());
        for (Failure failure : actual.failures()) {
            text.append("\n  failed at ")
                    .append(failure.at())
                    .append(" with '")
                    .append(failure.kind())
                    .append("': ")
                    .append(failure.message());
        }
        actual.questions()
                .forEach((id, question) ->
                        text.append("\n  asks ").append(id).append(": ").append(question.text()));
        return failure("%s", text.toString());
    }
}
