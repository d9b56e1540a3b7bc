package dev.yardmaster.agent;

import dev.yardmaster.event.Json;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An agent as a node of a graph. Immutable: {@code reads}, {@code writes} and {@code prompt} give a changed copy. It
 * needs to read something, or to have a prompt, before it can run.
 */
public final class AgentNode implements Node {

    private final Agent agent;
    private final String name;
    private final Function<State, String> prompt;
    private final Optional<Channel<?>> written;

    AgentNode(String name, Agent agent) {
        this(name, agent, state -> noPrompt(name), Optional.empty());
    }

    private AgentNode(String name, Agent agent, Function<State, String> prompt, Optional<Channel<?>> written) {
        this.name = name;
        this.agent = agent;
        this.prompt = prompt;
        this.written = written;
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
        var titled = List.copyOf(Arrays.asList(context));
        return prompt(state -> {
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

    /** What it is asked, made from the state. */
    public AgentNode prompt(Function<State, String> own) {
        return new AgentNode(name, agent, own, written);
    }

    /**
     * Where its result goes.
     *
     * @param channel a {@code String} channel gets the agent's final words, an {@link AgentResult} channel the whole
     *     result
     * @throws IllegalArgumentException for a channel of another type
     */
    public AgentNode writes(Channel<?> channel) {
        if (channel.type() != String.class && channel.type() != AgentResult.class) {
            throw new IllegalArgumentException("agent '" + name + "' cannot write " + channel + " of type "
                    + channel.type().getTypeName() + "; use a channel of String or AgentResult");
        }
        return new AgentNode(name, agent, prompt, Optional.of(channel));
    }

    @Override
    public List<Channel<?>> writes() {
        return written.<List<Channel<?>>>map(List::of).orElse(List.of());
    }

    @Override
    public Update run(State state, NodeContext context) throws Exception {
        AgentResult result = agent.work(prompt.apply(state), context);
        return written.map(channel -> update(channel, result)).orElse(Update.none());
    }

    @SuppressWarnings("unchecked") // writes(…) let only these two types in
    private static Update update(Channel<?> channel, AgentResult result) {
        return channel.type() == String.class
                ? Update.of((Channel<String>) channel, result.text())
                : Update.of((Channel<AgentResult>) channel, result);
    }
}
