package dev.yardmaster.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.agent.RetryPolicy;
import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.Usage;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.Node;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.journal.MemoryJournal;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.model.ScriptedReply;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.RunOptions;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What docs/metrics.md says is measured, and nothing else is. */
@Timeout(60)
class MetricsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "metrics.md");
    private static final Channel<String> TASK = Channel.of("task", String.class);

    @TempDir
    Path workspace;

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Spans spans = new Spans();
    final ObservationRegistry observations = ObservationRegistry.create();
    final MemoryJournal journal = new MemoryJournal();

    @BeforeEach
    void listens() {
        observations.observationConfig().observationHandler(spans);
    }

    /** What was observed. */
    static final class Spans implements ObservationHandler<Observation.Context> {

        final List<Observation.Context> stopped = Collections.synchronizedList(new ArrayList<>());
        final AtomicInteger open = new AtomicInteger();

        @Override
        public void onStart(Observation.Context context) {
            open.incrementAndGet();
        }

        @Override
        public void onStop(Observation.Context context) {
            open.decrementAndGet();
            stopped.add(context);
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }

        /** The names of a span and of all above it. */
        static String path(Observation.ContextView context) {
            String above = Optional.ofNullable(context.getParentObservation())
                    .map(parent -> path(parent.getContextView()) + " > ")
                    .orElse("");
            return above + context.getContextualName();
        }

        List<String> paths() {
            return stopped.stream().map(Spans::path).sorted().toList();
        }
    }

    private AgentRuntime runtime(Model model) {
        return AgentRuntime.builder()
                .catalog(AgentCatalog.builder()
                        .definitions(List.of(
                                AgentDefinition.of("lead", "Leads", "You lead.").withTools("Agent", "Glob"),
                                AgentDefinition.of("reader", "Reads", "You read.")
                                        .withTools("Read", "Glob")))
                        .build())
                .model(model)
                .meters(meters)
                .workspace(workspace)
                .retries(new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1)))
                .policy(Policy.acceptEdits().with(Rule.allow("Agent", "test")))
                .build();
    }

    private Outcome run(String name, Node node, Budget budget) throws InterruptedException {
        var graph = Graph.builder(name)
                .channels(TASK)
                .node("work", node)
                .start("work")
                .build();
        try (var listening = RunObservations.of(observations, journal);
                var orchestrator = Orchestrator.builder()
                        .journal(journal.another())
                        .listener(RunMeters.of(meters, journal))
                        .listener(listening)
                        .responder((run, id, question) -> Optional.of(new Answer(id, "yes", "", "mia")))
                        .build()) {
            return orchestrator
                    .start(
                            graph,
                            State.of(TASK, "Do it"),
                            RunOptions.defaults().withId(new RunId(name)).withBudget(budget))
                    .await();
        }
    }

    private Outcome team() throws InterruptedException {
        Map<String, String> part = Map.of("description", "part", "prompt", "Read it", "subagent_type", "reader");
        ScriptedModel script = ScriptedModel.replies(
                        "lead",
                        ScriptedReply.call("Agent", part).andCall("Agent", part),
                        ScriptedReply.call("Invented", Map.of()),
                        ScriptedReply.say("All of it."))
                .and("reader", ScriptedReply.call("Glob", Map.of("pattern", "*")), ScriptedReply.say("It is empty."))
                .usage(10, 2)
                .dollars("0.5");
        return run("team", runtime(script).agent("lead").reads(TASK), Budget.turns(8));
    }

    /** A model without a price that fails at first. */
    private Outcome faltering() throws InterruptedException {
        var attempts = new AtomicInteger();
        var model = new Model() {
            @Override
            public String name() {
                return "test:faltering";
            }

            @Override
            public ModelReply reply(ModelRequest request) {
                if (attempts.incrementAndGet() == 1) {
                    throw new ModelException(ModelException.Kind.TRANSIENT, "cut off");
                }
                return new ModelReply(Message.Assistant.of("ok"), new Usage(3, 1), ModelReply.Finish.STOP);
            }
        };
        return run("faltering", runtime(model).agent("reader").reads(TASK), Budget.unlimited());
    }

    private Outcome asking() throws InterruptedException {
        return run(
                "asking",
                (state, context) -> {
                    context.ask(Question.of("well?", "yes", "no"));
                    context.step("fetch", String.class, "x", Effect.READ_ONLY, () -> "y");
                    throw new IllegalStateException("broken");
                },
                Budget.unlimited());
    }

    private void all() throws InterruptedException {
        assertThat(team()).as("team").isInstanceOf(Outcome.Completed.class);
        assertThat(faltering()).as("faltering").isInstanceOf(Outcome.Completed.class);
        assertThat(asking()).as("asking").isInstanceOf(Outcome.Failed.class);
    }

    /** The rows of a table: what is in a column, by name. */
    private static Map<String, Set<String>> column(String heading, int column) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.equals("## " + heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|"))
                .collect(Collectors.toMap(
                        cells -> words(cells[1]).getFirst(),
                        cells -> new TreeSet<>(words(cells[column + 1])),
                        (one, two) -> one,
                        TreeMap::new));
    }

    private static List<String> words(String cell) {
        return Arrays.stream(cell.strip().replace("`", "").split(",\\s*"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    @Test
    void every_meter_is_on_the_page_with_its_kind_and_tags_and_no_other_is() throws Exception {
        all();
        var tags = new TreeMap<String, Set<String>>();
        var kinds = new TreeMap<String, Set<String>>();
        for (Meter each : meters.getMeters()) {
            Set<String> keys =
                    each.getId().getTags().stream().map(Tag::getKey).collect(Collectors.toCollection(TreeSet::new));
            assertThat(tags.putIfAbsent(each.getId().getName(), keys))
                    .as("the tags of all meters " + each.getId().getName())
                    .isIn(null, keys);
            kinds.put(each.getId().getName(), Set.of(kind(each)));
        }
        assertThat(tags).isEqualTo(column("Meters", 3));
        assertThat(kinds).isEqualTo(column("Meters", 1));
    }

    private static String kind(Meter meter) {
        return switch (meter.getId().getType()) {
            case TIMER -> "timer";
            case COUNTER -> "counter";
            case GAUGE -> "gauge";
            case DISTRIBUTION_SUMMARY -> "summary";
            case LONG_TASK_TIMER, OTHER -> "none of ours";
        };
    }

    @Test
    void every_observation_is_on_the_page_with_its_tags_and_no_other_is() throws Exception {
        all();
        var tags = new TreeMap<String, Set<String>>();
        var others = new TreeMap<String, Set<String>>();
        for (Observation.Context each : spans.stopped) {
            Set<String> keys = new TreeSet<>();
            each.getLowCardinalityKeyValues().forEach(pair -> keys.add(pair.getKey()));
            assertThat(tags.putIfAbsent(each.getName(), keys))
                    .as("the tags of all observations " + each.getName())
                    .isIn(null, keys);
            Set<String> high = others.computeIfAbsent(each.getName(), name -> new TreeSet<>());
            each.getHighCardinalityKeyValues().forEach(pair -> high.add(pair.getKey()));
        }
        assertThat(tags).isEqualTo(column("Observations", 2));
        assertThat(others).isEqualTo(column("Observations", 3));
    }

    @Test
    void agents_calls_and_replies_hang_below_what_they_belong_to() throws Exception {
        team();
        String lead = "run team > node work > invoke_agent lead";
        String reader = lead + " > execute_tool Agent > invoke_agent reader";
        assertThat(spans.paths())
                .containsExactlyInAnyOrder(
                        "run team",
                        "run team > node work",
                        lead,
                        lead + " > chat script:inline",
                        lead + " > chat script:inline",
                        lead + " > chat script:inline",
                        lead + " > execute_tool Agent",
                        lead + " > execute_tool Agent",
                        lead + " > execute_tool unknown",
                        reader,
                        reader,
                        reader + " > chat script:inline",
                        reader + " > chat script:inline",
                        reader + " > chat script:inline",
                        reader + " > chat script:inline",
                        reader + " > execute_tool Glob",
                        reader + " > execute_tool Glob");
        assertThat(spans.open).as("observations that were not stopped").hasValue(0);
    }

    @Test
    void what_is_counted_is_what_the_run_says() throws Exception {
        Outcome outcome = team();
        assertThat(meters.get("yardmaster.cost").counter().count())
                .isEqualTo(outcome.view().spent().dollars().doubleValue())
                .isEqualTo(3.5);
        assertThat(meters.get("gen_ai.client.token.usage")
                        .tag("gen_ai.token.type", "input")
                        .summary()
                        .totalAmount())
                .isEqualTo(outcome.view().usage().inputTokens());
        assertThat(meters.get("gen_ai.client.operation.duration").timer().count())
                .isEqualTo(outcome.view().spent().turns());
        assertThat(meters.get("yardmaster.run")
                        .tag("status", "completed")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("yardmaster.run.active").gauge().value()).isZero();
    }

    @Test
    void a_run_that_is_resumed_is_known_by_its_journal() throws Exception {
        asking();
        var graph = Graph.builder("asking")
                .channels(TASK)
                .node("work", (state, context) -> {
                    context.ask(Question.of("well?", "yes", "no"));
                    return Update.none();
                })
                .start("work")
                .build();
        spans.stopped.clear();
        try (var listening = RunObservations.of(observations, journal);
                var orchestrator = Orchestrator.builder()
                        .journal(journal.another())
                        .listener(RunMeters.of(meters, journal))
                        .listener(listening)
                        .build()) {
            orchestrator.resume(new RunId("asking"), graph).await();
        }
        assertThat(spans.paths()).containsExactly("run asking", "run asking > node work");
        assertThat(meters.get("yardmaster.run")
                        .tags("graph", "asking", "status", "completed")
                        .timer()
                        .count())
                .isEqualTo(1);
    }
}
