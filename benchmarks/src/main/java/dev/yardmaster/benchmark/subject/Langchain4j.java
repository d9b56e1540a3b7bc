package dev.yardmaster.benchmark.subject;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** langchain4j: its agentic module; for the agent, its plain AI service where {@code service} is set. */
final class Langchain4j implements Subject {

    private final boolean service;

    Langchain4j(boolean service) {
        this.service = service;
    }

    private static Object action(Step step) {
        return AgenticServices.agentAction(step::run);
    }

    private static List<Object> actions(int count, Step each) {
        return new ArrayList<>(
                IntStream.range(0, count).mapToObj(i -> action(each)).toList());
    }

    private static UntypedAgent sequence(List<Object> parts) {
        return AgenticServices.sequenceBuilder().subAgents(parts).build();
    }

    private static UntypedAgent parallel(List<Object> parts) {
        return AgenticServices.parallelBuilder().subAgents(parts).build();
    }

    private static Work work(UntypedAgent agent, Map<String, Object> state) {
        return () -> {
            agent.invoke(state);
            return agent;
        };
    }

    @Override
    public Work chain(int nodes, int characters, Step each) {
        return work(sequence(actions(nodes, each)), Map.of("text", Subject.text(characters)));
    }

    @Override
    public Work fan(int branches, Step each) {
        return work(parallel(actions(branches, each)), Map.of());
    }

    @Override
    public Work nested(int outer, int inner, Step each) {
        var fans = new ArrayList<Object>();
        for (int i = 0; i < outer; i++) {
            fans.add(parallel(actions(inner, each)));
        }
        return work(parallel(fans), Map.of());
    }

    @Override
    public Work uneven(Step brief, Step lengthy) {
        return work(
                parallel(List.of(
                        sequence(List.of(action(brief), action(lengthy))),
                        sequence(List.of(action(lengthy), action(brief))))),
                Map.of());
    }

    /** The agent. */
    public interface Guide {
        @Agent(value = "Tells the weather", outputKey = "answer")
        @SystemMessage("You know the weather.")
        @UserMessage("{{question}}")
        String ask(@V("question") String question);
    }

    /** Its tool. */
    public static final class Weather {
        @Tool("Tells the weather")
        public String weather(@P("city") String city) {
            return Subject.weather(city);
        }
    }

    @Override
    public Work agent() {
        return service ? service() : agentic();
    }

    private static Work service() {
        Guide guide = AiServices.builder(Guide.class)
                .chatModel(new StubChatModel())
                .tools(new Weather())
                .build();
        return () -> guide.ask(QUESTION);
    }

    /** As the only part of a sequence: an agent that is called by itself keeps the scope of each call for ever. */
    private static Work agentic() {
        Guide guide = AgenticServices.agentBuilder(Guide.class)
                .chatModel(new StubChatModel())
                .tools(new Weather())
                .build();
        UntypedAgent whole = AgenticServices.sequenceBuilder()
                .subAgents(guide)
                .outputKey("answer")
                .build();
        Map<String, Object> input = Map.of("question", QUESTION);
        return () -> whole.invoke(input);
    }
}
