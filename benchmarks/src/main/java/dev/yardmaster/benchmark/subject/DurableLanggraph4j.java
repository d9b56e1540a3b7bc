package dev.yardmaster.benchmark.subject;

import static org.bsc.langgraph4j.action.AsyncNodeAction.node_async;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.bsc.langgraph4j.CompileConfig;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.GraphDefinition;
import org.bsc.langgraph4j.GraphInput;
import org.bsc.langgraph4j.RunnableConfig;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.action.AsyncNodeAction;
import org.bsc.langgraph4j.checkpoint.FileSystemSaver;
import org.bsc.langgraph4j.state.AgentState;
import org.bsc.langgraph4j.state.Channels;

/** langgraph4j with the saver of its core that writes files, and its default serializer. It does not sync them. */
final class DurableLanggraph4j implements Durable {

    private final Path folder;
    private final AtomicInteger runs = new AtomicInteger();

    DurableLanggraph4j(Path folder) {
        this.folder = folder;
    }

    private CompiledGraph<AgentState> chain(int steps, String... interruptBefore) throws Exception {
        AsyncNodeAction<AgentState> note = node_async(state -> Map.of("notes", NOTE));
        var graph = new StateGraph<>(Map.of("notes", Channels.appender(ArrayList::new)), AgentState::new);
        for (int i = 0; i < steps; i++) {
            graph.addNode("n" + i, note);
            graph.addEdge(i == 0 ? GraphDefinition.START : "n" + (i - 1), "n" + i);
        }
        graph.addEdge("n" + (steps - 1), GraphDefinition.END);
        return graph.compile(CompileConfig.builder()
                .checkpointSaver(new FileSystemSaver(folder, graph.getStateSerializer()))
                .interruptBefore(interruptBefore)
                .recursionLimit(steps * 2 + 25)
                .build());
    }

    private static RunnableConfig thread(String id) {
        return RunnableConfig.builder().threadId(id).build();
    }

    @Override
    public Work run(int steps, int characters) throws Exception {
        CompiledGraph<AgentState> graph = chain(steps);
        Map<String, Object> input = Map.of("text", Durable.text(characters));
        return () -> graph.invoke(input, thread("run" + runs.incrementAndGet())).orElseThrow();
    }

    @Override
    public Work effects(int steps, Timed timed) throws Exception {
        return run(steps, 60);
    }

    @Override
    public void begin(int steps) throws Exception {
        chain(steps, "n" + (steps - 1)).invoke(Map.of("text", Durable.text(1024)), thread("interrupted"));
    }

    @Override
    public void resume(int steps) throws Exception {
        AgentState end =
                chain(steps).invoke(GraphInput.resume(), thread("interrupted")).orElseThrow();
        int notes = end.<List<Object>>value("notes").orElseThrow().size();
        if (notes != steps) {
            throw new IllegalStateException("there are " + notes + " notes");
        }
    }

    @Override
    public void close() {}
}
