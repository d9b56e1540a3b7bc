package dev.yardmaster.agent;

import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Json;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.model.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An agent as a node of a graph. Immutable: {@code reads}, {@code writes} and {@code prompt} give a changed copy. It
 * needs to read something, or to have a prompt, before it can run.
 */
public final class AgentNode implements Node {

    private final Agent agent;
    private final String name;
    private final Function<State, String> prompt;
    private final List<Channel<?>> read;
    private final Optional<Channel<Transcript>> followed;
    private final Optional<Channel<?>> written;
    private final Optional<AnswerForm> form;

    AgentNode(String name, Agent agent) {
        this(name, agent, state -> noPrompt(name), List.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private AgentNode(
            String name,
            Agent agent,
            Function<State, String> prompt,
            List<Channel<?>> read,
            Optional<Channel<Transcript>> followed,
            Optional<Channel<?>> written,
            Optional<AnswerForm> form) {
        this.name = name;
        this.agent = agent;
        this.prompt = prompt;
        this.read = read;
        this.followed = followed;
        this.written = written;
        this.form = form;
    }

    private static String noPrompt(String name) {
        throw new IllegalStateException(
                "agent '" + name + "' was given no task; add .reads(channel) or .prompt(…) to" + " its node");
    }

    /**
     * What it is asked: the value of {@code task}, and below it, under its channel's name, each value of {@code context}
     * that has been written. Text is handed over as it is, anything else as JSON.
     */
    public AgentNode reads(Channel<?> task, Channel<?>... context) {
        if (context.length == 0) {
            return prompt(state -> text(state.get(task)));
        }
        var titled = List.copyOf(Arrays.asList(context));
        var read = new ArrayList<Channel<?>>(titled);
        read.addFirst(task);
        return asked(List.copyOf(read), state -> {
            var parts = new ArrayList<String>();
            parts.add(text(state.get(task)));
            for (Channel<?> each : titled) {
                state.find(each).ifPresent(value -> parts.add("## " + each.name() + "\n\n" + text(value)));
            }
            return String.join("\n\n", parts);
        });
    }

    private static String text(Object value) {
        return value instanceof String string ? string : Json.of(value).text();
    }

    private AgentNode asked(List<Channel<?>> read, Function<State, String> own) {
        return new AgentNode(name, agent, own, read, followed, written, form);
    }

    /** What it is asked, made from the state. */
    public AgentNode prompt(Function<State, String> own) {
        return asked(List.of(), own);
    }

    /**
     * Goes on from an earlier transcript, when the channel holds one: the agent has it before its eyes, tool calls
     * included, and the task comes after it.
     */
    public AgentNode follows(Channel<Transcript> earlier) {
        return new AgentNode(name, agent, prompt, read, Optional.of(earlier), written, form);
    }

    /**
     * Asks these models, in order, when its own does not answer; instead of the runtime's. See
     * {@link AgentRuntimeBuilder#fallback(String...)}.
     *
     * @param models full names, or aliases of the runtime's catalogue
     * @throws dev.yardmaster.model.NoModelException when one of them means nothing here
     */
    public AgentNode fallback(String... models) {
        List<Model> own =
                Arrays.stream(models).map(agent.post().runtime()::model).toList();
        return new AgentNode(name, agent.withFallbacks(own), prompt, read, followed, written, form);
    }

    /**
     * How much its work may use up, with all that work for it; within the run's budget, if that has one. When it is used up the
     * node fails with a {@link dev.yardmaster.graph.BudgetExhaustedException}. The limits here replace those that the
     * runtime gives every agent.
     */
    public AgentNode budget(Budget own) {
        return new AgentNode(name, agent.with(own), prompt, read, followed, written, form);
    }

    /**
     * Where its result goes.
     *
     * <p>With a channel of another type the agent is told the type's JSON schema, and what it answers is checked against
     * it; an answer that does not fit goes back with the reason, at most twice, then the node fails with an
     * {@link UnfitAnswerException}. Components of a record are described to the agent with Jackson's
     * {@code @JsonPropertyDescription}; what a record's constructor refuses is told, too.
     *
     * @param channel a {@code String} channel gets the agent's final words, an {@link AgentResult} channel the whole
     *     result, any other the structured answer
     * @throws IllegalArgumentException when the channel's type has no JSON form
     */
    public AgentNode writes(Channel<?> channel) {
        boolean plain = channel.type() == String.class || channel.type() == AgentResult.class;
        String problem = Json.whyNoJsonForm(channel.type());
        if (!plain && !problem.isEmpty()) {
            throw new IllegalArgumentException("agent '" + name + "' cannot write " + channel + ": " + problem);
        }
        return new AgentNode(
                name,
                agent,
                prompt,
                read,
                followed,
                Optional.of(channel),
                plain ? Optional.empty() : Optional.of(AnswerForm.of(channel)));
    }

    /**
     * Where its answer goes, which has to fit a JSON schema; for types that are not known to Java.
     *
     * @param channel holds JSON, or a list of it
     * @param schema of an object or an array; made of {@code type}, {@code properties}, {@code required}, {@code items} and
     *     {@code enum}
     */
    public AgentNode writes(Channel<?> channel, Json schema) {
        return new AgentNode(
                name, agent, prompt, read, followed, Optional.of(channel), Optional.of(AnswerForm.of(channel, schema)));
    }

    @Override
    public String kind() {
        return "agent";
    }

    @Override
    public List<Channel<?>> reads() {
        return Stream.concat(read.stream(), followed.stream()).toList();
    }

    @Override
    public List<Channel<?>> writes() {
        return written.<List<Channel<?>>>map(List::of).orElse(List.of());
    }

    /**
     * Does the work for another node and gives the whole result; nothing is written. Blocks, and throws what {@link #run}
     * throws.
     *
     * @param context its steps are recorded there
     */
    public AgentResult work(State state, NodeContext context) throws Exception {
        return finished(state, context).result();
    }

    /** Does the work for another node and gives the answer in the form that {@link #writes} has for the channel. */
    public <T> T answer(Channel<T> channel, State state, NodeContext context) throws Exception {
        return answered(channel, state, context).answer();
    }

    /** The same with what it took. */
    public <T> Answered<T> answered(Channel<T> channel, State state, NodeContext context) throws Exception {
        Finished finished = writes(channel).finished(state, context);
        return new Answered<>(channel.decode(finished.answer().orElseThrow()), finished.result());
    }

    private Finished finished(State state, NodeContext context) throws Exception {
        Optional<Transcript> earlier = followed.isPresent() ? state.find(followed.get()) : Optional.empty();
        if (!agent.isIsolated() || agent.workspace().isCopy()) {
            return agent.work(prompt.apply(state), earlier, form, context);
        }
        var apart =
                new WorkApart(agent, agent.workspace(), agent.post().runtime().keeper(context.run()), context);
        Finished finished = apart.agent().work(prompt.apply(state), earlier, form, context);
        return finished.telling(apart.merge().told());
    }

    @Override
    public Update run(State state, NodeContext context) throws Exception {
        Finished finished = finished(state, context);
        return written.isPresent() ? update(written.get(), finished) : Update.none();
    }

    @SuppressWarnings("unchecked") // by the channel's type
    private static Update update(Channel<?> channel, Finished finished) {
        if (channel.type() == String.class) {
            return Update.of((Channel<String>) channel, finished.result().text());
        }
        return channel.type() == AgentResult.class
                ? Update.of((Channel<AgentResult>) channel, finished.result())
                : answer(channel, finished.answer().orElseThrow());
    }

    private static <T> Update answer(Channel<T> channel, Json answer) {
        return Update.of(channel, channel.decode(answer));
    }
}
