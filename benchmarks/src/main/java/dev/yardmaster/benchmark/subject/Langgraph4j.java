package dev.yardmaster.benchmark.subject;

import static org.bsc.langgraph4j.action.AsyncEdgeAction.edge_async;
import static org.bsc.langgraph4j.action.AsyncNodeAction.node_async;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bsc.langgraph4j.CompileConfig;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.GraphDefinition;
import org.bsc.langgraph4j.RunnableConfig;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.action.AsyncNodeAction;
import org.bsc.langgraph4j.state.AgentState;
import org.bsc.langgraph4j.state.Channels;

/**
 * langgraph4j's core, without a checkpointer. By default it runs branches one after the other; with {@code threads} every
 * fork has an executor of virtual threads.
 */
final class Langgraph4j implements Subject {

    private final boolean threads;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    Langgraph4j(boolean threads) {
        this.threads = threads;
    }

    private static AsyncNodeAction<AgentState> node(Step step) {
        return node_async(state -> {
            step.run();
            return Map.of();
        });
    }

    private static CompiledGraph<AgentState> compiled(StateGraph<AgentState> graph, int nodes) throws Exception {
        return graph.compile(
                CompileConfig.builder().recursionLimit(nodes * 2 + 25).build());
    }

    private Work work(CompiledGraph<AgentState> graph, Map<String, Object> input, String... forks) {
        var config = RunnableConfig.builder();
        if (threads) {
            for (String fork : forks) {
                config.addParallelNodeExecutor(fork, executor);
            }
        }
        RunnableConfig built = config.build();
        return () -> graph.invoke(input, built).orElseThrow();
    }

    @Override
    public Work chain(int nodes, int characters, Step each) throws Exception {
        var graph = new StateGraph<>(AgentState::new);
        for (int i = 0; i < nodes; i++) {
            graph.addNode("n" + i, node(each));
            graph.addEdge(i == 0 ? GraphDefinition.START : "n" + (i - 1), "n" + i);
        }
        graph.addEdge("n" + (nodes - 1), GraphDefinition.END);
        return work(compiled(graph, nodes), Map.of("text", Subject.text(characters)));
    }

    @Override
    public Work fan(int branches, Step each) throws Exception {
        return work(compiled(fanGraph(branches, each), branches), Map.of(), "start");
    }

    private static StateGraph<AgentState> fanGraph(int branches, Step each) throws Exception {
        var graph = forked();
        for (int i = 0; i < branches; i++) {
            graph.addNode("b" + i, node(each));
            graph.addEdge("start", "b" + i);
            graph.addEdge("b" + i, "join");
        }
        return graph;
    }

    private static StateGraph<AgentState> forked() throws Exception {
        return new StateGraph<>(AgentState::new)
                .addNode("start", node(Step.nothing()))
                .addNode("join", node(Step.nothing()))
                .addEdge(GraphDefinition.START, "start")
                .addEdge("join", GraphDefinition.END);
    }

    @Override
    public Work nested(int outer, int inner, Step each) throws Exception {
        var graph = forked();
        for (int i = 0; i < outer; i++) {
            graph.addNode("g" + i, compiled(fanGraph(inner, each), inner));
            graph.addEdge("start", "g" + i);
            graph.addEdge("g" + i, "join");
        }
        return work(compiled(graph, outer), Map.of(), "start");
    }

    @Override
    public Work uneven(Step brief, Step lengthy) throws Exception {
        var graph = forked();
        graph.addNode("a", twoNodes(brief, lengthy)); // branches of several nodes are refused, unless compiled to one
        graph.addNode("b", twoNodes(lengthy, brief));
        for (String branch : List.of("a", "b")) {
            graph.addEdge("start", branch);
            graph.addEdge(branch, "join");
        }
        return work(compiled(graph, 2), Map.of(), "start");
    }

    private static CompiledGraph<AgentState> twoNodes(Step first, Step second) throws Exception {
        var graph = new StateGraph<>(AgentState::new)
                .addNode("first", node(first))
                .addNode("second", node(second))
                .addEdge(GraphDefinition.START, "first")
                .addEdge("first", "second")
                .addEdge("second", GraphDefinition.END);
        return compiled(graph, 2);
    }

    /** A model node and a tool node in a loop; messages are appended to the state. */
    @Override
    public Work agent() throws Exception {
        var graph = new StateGraph<>(Map.of("messages", Channels.appender(java.util.ArrayList::new)), AgentState::new)
                .addNode(
                        "model",
                        node_async(state -> Map.of("messages", messages(state).size() == 1 ? "call:" + CITY : ANSWER)))
                .addNode(
                        "tool",
                        node_async(state -> Map.of(
                                "messages",
                                Subject.weather(
                                        messages(state).getLast().toString().substring("call:".length())))))
                .addEdge(GraphDefinition.START, "model")
                .addConditionalEdges(
                        "model",
                        edge_async(
                                state -> messages(state).getLast().toString().startsWith("call:") ? "tool" : "answer"),
                        Map.of("tool", "tool", "answer", GraphDefinition.END))
                .addEdge("tool", "model");
        Work work = work(compiled(graph, 4), Map.of("messages", QUESTION));
        return () -> messages((AgentState) work.run()).getLast();
    }

    private static List<Object> messages(AgentState state) {
        return state.<List<Object>>value("messages").orElseThrow();
    }
}
