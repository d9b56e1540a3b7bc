package dev.yardmaster.agent;

import dev.yardmaster.event.Json;
import dev.yardmaster.event.Usage;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.tool.ToolCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A model that never says it is done: it calls Probe, each time with another argument, unless an agent is told to do something else. */
final class Runaway implements Model {

    static final String NAME = "test:runaway";

    /** Who was asked, in order. */
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    final Map<String, Function<ModelRequest, List<ToolCall>>> others = new HashMap<>();
    Function<ModelRequest, Usage> usage = request -> new Usage(90, 10);
    Runnable meanwhile = () -> {};

    static ToolCall probe(ModelRequest request) {
        int number = request.messages().size();
        return new ToolCall("c" + number, "Probe", Json.of(Map.of("n", number)));
    }

    static ToolCall handOff(String agent, int number) {
        return new ToolCall(
                "h" + number,
                "Agent",
                Json.of(Map.of(
                        "description", "part " + number, "prompt", "Do part " + number, "subagent_type", agent)));
    }

    /** Which turn of its own an agent is in. */
    static int turn(ModelRequest request) {
        return 1
                + (int) request.messages().stream()
                        .filter(Message.Assistant.class::isInstance)
                        .count();
    }

    /** Has an agent hand these subtasks over in its first turn, and be done in its second. */
    Runaway handingOff(String agent, String... to) {
        others.put(agent, request -> {
            var calls = new ArrayList<ToolCall>();
            for (int i = 0; turn(request) == 1 && i < to.length; i++) {
                calls.add(handOff(to[i], i));
            }
            return calls;
        });
        return this;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ModelReply reply(ModelRequest request) {
        asked.add(request.agent());
        meanwhile.run();
        List<ToolCall> calls = others.getOrDefault(request.agent(), each -> List.of(probe(each)))
                .apply(request);
        return new ModelReply(
                new Message.Assistant(calls.isEmpty() ? "done" : "", calls, Map.of()),
                usage.apply(request),
                calls.isEmpty() ? ModelReply.Finish.STOP : ModelReply.Finish.TOOL_CALLS);
    }
}
