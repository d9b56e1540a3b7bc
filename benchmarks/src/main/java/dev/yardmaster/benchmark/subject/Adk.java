package dev.yardmaster.benchmark.subject;

import com.google.adk.agents.BaseAgent;
import com.google.adk.agents.InvocationContext;
import com.google.adk.agents.LlmAgent;
import com.google.adk.agents.ParallelAgent;
import com.google.adk.agents.RunConfig;
import com.google.adk.agents.SequentialAgent;
import com.google.adk.events.Event;
import com.google.adk.models.BaseLlm;
import com.google.adk.models.BaseLlmConnection;
import com.google.adk.models.LlmRequest;
import com.google.adk.models.LlmResponse;
import com.google.adk.runner.InMemoryRunner;
import com.google.adk.tools.Annotations.Schema;
import com.google.adk.tools.FunctionTool;
import com.google.genai.types.Content;
import com.google.genai.types.Part;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Google's ADK, on its in-memory runner. A session is made for each run and deleted after it. With {@code threads}
 * parallel agents are scheduled on virtual threads instead of RxJava's own.
 */
final class Adk implements Subject {

    private static final String APP = "benchmark";
    private static final String USER = "user";

    private final boolean threads;
    private final AtomicLong ids = new AtomicLong();

    Adk(boolean threads) {
        this.threads = threads;
    }

    /** An agent that does what a node does. */
    private static final class Action extends BaseAgent {

        private final Step step;

        Action(String name, Step step) {
            super(name, "a step", List.of(), List.of(), List.of());
            this.step = step;
        }

        @Override
        protected Flowable<Event> runAsyncImpl(InvocationContext context) {
            return Flowable.defer(() -> {
                step.run();
                return Flowable.empty();
            });
        }

        @Override
        protected Flowable<Event> runLiveImpl(InvocationContext context) {
            return runAsyncImpl(context);
        }
    }

    private String name(String kind) {
        return kind + ids.incrementAndGet();
    }

    private List<BaseAgent> actions(int count, Step each) {
        var actions = new ArrayList<BaseAgent>();
        for (int i = 0; i < count; i++) {
            actions.add(new Action(name("step"), each));
        }
        return actions;
    }

    private BaseAgent sequence(List<? extends BaseAgent> parts) {
        return SequentialAgent.builder().name(name("sequence")).subAgents(parts).build();
    }

    private BaseAgent parallel(List<? extends BaseAgent> parts) {
        var builder = ParallelAgent.builder().name(name("parallel")).subAgents(parts);
        if (threads) {
            builder.scheduler(Schedulers.from(Executors.newVirtualThreadPerTaskExecutor()));
        }
        return builder.build();
    }

    private Work work(BaseAgent agent, Map<String, Object> state) {
        var runner = new InMemoryRunner(agent, APP);
        Content question = Content.fromParts(Part.fromText(QUESTION));
        RunConfig config = RunConfig.builder().build();
        return () -> {
            String session = "s" + ids.incrementAndGet();
            var sessions = runner.sessionService();
            sessions.createSession(APP, USER, state, session).blockingGet();
            var last = new Event[1];
            runner.runAsync(USER, session, question, config).blockingForEach(event -> last[0] = event);
            sessions.deleteSession(APP, USER, session).blockingAwait();
            return last[0] == null ? session : last[0].stringifyContent();
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
        var fans = new ArrayList<BaseAgent>();
        for (int i = 0; i < outer; i++) {
            fans.add(parallel(actions(inner, each)));
        }
        return work(parallel(fans), Map.of());
    }

    @Override
    public Work uneven(Step brief, Step lengthy) {
        return work(
                parallel(List.of(
                        sequence(List.of(new Action(name("step"), brief), new Action(name("step"), lengthy))),
                        sequence(List.of(new Action(name("step"), lengthy), new Action(name("step"), brief))))),
                Map.of());
    }

    /** The tool. */
    @Schema(description = "Tells the weather")
    public static Map<String, Object> weather(@Schema(name = "city") String city) {
        return Map.of("weather", Subject.weather(city));
    }

    @Override
    public Work agent() {
        LlmAgent agent = LlmAgent.builder()
                .name("guide")
                .model(new StubLlm())
                .instruction("You know the weather.")
                .tools(FunctionTool.create(Adk.class, "weather"))
                .build();
        return work(agent, Map.of());
    }

    /** Replies at once: first with a call, then with the answer. */
    private static final class StubLlm extends BaseLlm {

        StubLlm() {
            super("stub");
        }

        @Override
        public Flowable<LlmResponse> generateContent(LlmRequest request, boolean stream) {
            boolean answered = request.contents().getLast().parts().orElseThrow().stream()
                    .anyMatch(part -> part.functionResponse().isPresent());
            Part part = answered ? Part.fromText(ANSWER) : Part.fromFunctionCall("weather", Map.of("city", CITY));
            return Flowable.just(LlmResponse.builder()
                    .content(Content.builder().role("model").parts(part).build())
                    .build());
        }

        @Override
        public BaseLlmConnection connect(LlmRequest request) {
            throw new UnsupportedOperationException("not a live model");
        }
    }
}
