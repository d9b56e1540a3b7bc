package dev.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.Usage;
import dev.yardmaster.graph.State;
import dev.yardmaster.journal.MemoryJournal;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.replay.Replay;
import dev.yardmaster.routing.LexicalRouter;
import dev.yardmaster.routing.Match;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ModelChoiceTest {

    static final String TASK = "the monthly report query is slow";
    static final AgentCatalog TEAM = AgentCatalog.builder()
            .definitions(List.of(
                    AgentDefinition.of("database-tuner", "Makes slow queries fast.", "Secret of the tuner."),
                    AgentDefinition.of("report-writer", "Writes the monthly report.", "Secret of the writer.")))
            .build();

    @TempDir
    Path workspace;

    final List<ModelRequest> asked = new CopyOnWriteArrayList<>();

    /** Answers as the router with this, and as anybody else with their name. */
    Model answering(String choice) {
        ScriptedModel script = ScriptedModel.replies(Chooser.NAME, choice)
                .and("database-tuner", "tuned")
                .and("report-writer", "written")
                .usage(100, 10);
        return new Model() {
            @Override
            public String name() {
                return "own:model";
            }

            @Override
            public ModelReply reply(ModelRequest request) {
                asked.add(request);
                return script.reply(request);
            }
        };
    }

    AgentRuntime runtime(Model model) {
        return AgentRuntime.builder()
                .catalog(TEAM)
                .model(model)
                .workspace(workspace)
                .build();
    }

    Dispatcher dispatcher(Model model) {
        return Dispatcher.lexical(runtime(model)).asking(ModelChoice.defaults().below(1));
    }

    Outcome run(Dispatcher dispatcher, String task) throws InterruptedException {
        try (var orchestrator = Orchestrator.inMemory()) {
            return orchestrator
                    .start(dispatcher.graph(), State.of(Dispatcher.TASK, task))
                    .await();
        }
    }

    Route route(Outcome outcome) {
        assertThat(outcome).as(() -> outcome.view().failures().toString()).isInstanceOf(Outcome.Completed.class);
        return ((Outcome.Completed) outcome).state().get(Dispatcher.ROUTE);
    }

    long asRouter() {
        return asked.stream()
                .filter(request -> request.agent().equals(Chooser.NAME))
                .count();
    }

    static String choice(String specialist) {
        return "{\"specialist\": \"" + specialist + "\", \"reason\": \"it is about the report\"}";
    }

    @Test
    void is_made_by_the_model_among_the_best_few_and_says_why() throws Exception {
        var other = new LexicalRouter(TEAM.all()).route(TASK).runnerUp().orElseThrow();

        var outcome = run(dispatcher(answering(choice(other.agent()))), TASK);

        Match match = route(outcome).match();
        assertThat(match.chosen()).contains(other.agent());
        assertThat(match.stage()).isEqualTo(Match.Stage.MODEL);
        assertThat(match.reason()).contains("database-tuner", "report-writer", "it is about the report");
        assertThat(match.candidates()).hasSize(2);
        assertThat(route(outcome).undecided()).isEmpty();
        assertThat(route(outcome).profile().orElseThrow().agent()).isEqualTo(other.agent());
        assertThat(asRouter()).isEqualTo(1);
    }

    @Test
    void is_made_from_what_the_candidates_are_described_as_alone_and_without_tools() throws Exception {
        run(dispatcher(answering(choice("report-writer"))), TASK);

        ModelRequest request = asked.getFirst();
        assertThat(request.agent()).isEqualTo(Chooser.NAME);
        assertThat(request.tools()).isEmpty();
        String told = request.messages().stream()
                .filter(Message.User.class::isInstance)
                .map(message -> ((Message.User) message).text())
                .findFirst()
                .orElseThrow();
        assertThat(told)
                .contains(TASK, "Makes slow queries fast.", "Writes the monthly report.")
                .doesNotContain("Secret");
    }

    @Test
    void of_nobody_declines() throws Exception {
        var view = run(dispatcher(answering(choice("none"))), TASK).view();

        assertThat(view.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo("no-specialist");
            assertThat(failure.message())
                    .contains("a model found it to be the work of none of", "it is about the report");
        });
    }

    @Test
    void of_an_invented_name_leaves_the_ranking_as_it_was_and_says_so() throws Exception {
        var outcome = run(dispatcher(answering(choice("report-wizard"))), TASK);

        Match ranked = new LexicalRouter(TEAM.all()).route(TASK);
        assertThat(route(outcome).match().chosen()).isEqualTo(ranked.chosen());
        assertThat(route(outcome).match().stage()).isEqualTo(Match.Stage.LEXICAL);
        assertThat(route(outcome).match().confidence()).isEqualTo(ranked.confidence());
        assertThat(route(outcome).match().reason()).contains("'report-wizard', which is none of them");
        assertThat(asRouter()).isEqualTo(1);
    }

    @Test
    void is_asked_for_where_the_router_found_nobody_near_enough() throws Exception {
        String declined = "arrange a slow wedding dinner for my cousin tomorrow";
        assertThat(new LexicalRouter(TEAM.all()).route(declined).chosen()).isEmpty();

        var outcome = run(dispatcher(answering(choice("database-tuner"))), declined);

        assertThat(route(outcome).match().stage()).isEqualTo(Match.Stage.MODEL);
    }

    @Test
    void is_not_asked_for_where_the_router_is_sure_or_somebody_was_named_or_it_is_switched_off() throws Exception {
        Model model = answering(choice("report-writer"));
        var sure =
                Dispatcher.lexical(runtime(model)).asking(ModelChoice.defaults().below(0.01));
        run(sure, TASK);
        run(dispatcher(model), "@database-tuner " + TASK);
        run(dispatcher(model).asking(ModelChoice.never()), "arrange a slow wedding dinner for my cousin tomorrow");
        assertThat(asRouter()).isZero();
    }

    @Test
    void needs_a_model_and_of_a_script_one_that_has_replies_for_it() {
        var without = AgentRuntime.builder().catalog(TEAM).workspace(workspace).build();
        var match = new LexicalRouter(TEAM.all()).route(TASK);
        assertThat(Dispatcher.lexical(without)
                        .asking(ModelChoice.defaults().below(1))
                        .undecided(match))
                .isEmpty();
        assertThat(dispatcher(ScriptedModel.replies("report-writer", "x")).undecided(match))
                .isEmpty();
        assertThat(dispatcher(ScriptedModel.replies(Chooser.NAME, "x")).undecided(match))
                .containsExactlyInAnyOrder("database-tuner", "report-writer");
    }

    @Test
    void is_recorded_so_that_a_replay_asks_nobody() throws Exception {
        var outcome = run(dispatcher(answering(choice("report-writer"))), TASK);

        var replayed =
                Replay.of(outcome.view()).through(dispatcher(Model.silent()).graph());

        assertThat(replayed.isSame()).as(replayed::toString).isTrue();
        assertThat(outcome.view().usage()).isEqualTo(new Usage(200, 20));
    }

    @Test
    void is_not_made_again_wherever_the_process_dies() throws Exception {
        String other = new LexicalRouter(TEAM.all())
                .route(TASK)
                .runnerUp()
                .orElseThrow()
                .agent();
        List<Entry> all = run(dispatcher(answering(choice(other))), TASK).view().entries().stream()
                .map(RunEvent.Recorded::entry)
                .toList();
        for (int end = 1; end < all.size(); end++) {
            List<Entry> recorded = all.subList(0, end);
            boolean chosen = recorded.stream()
                    .anyMatch(entry -> entry.fact() instanceof Fact.StepFinished step
                            && step.step().equals("choice/turn/1/model"));
            var run = new RunId("run");
            var store = new MemoryJournal();
            store.create(run, recorded);
            store.lapse();
            asked.clear();
            try (var orchestrator =
                    Orchestrator.builder().journal(store.another()).build()) {
                Outcome outcome = orchestrator
                        .resume(run, dispatcher(answering(choice(other))).graph())
                        .await();
                assertThat(route(outcome).agent()).as("after entry " + end).isEqualTo(other);
                assertThat(asRouter()).as("after entry " + end).isEqualTo(chosen ? 0 : 1);
            }
        }
    }

    @Test
    void can_be_had_without_the_work() throws Exception {
        try (var orchestrator = Orchestrator.inMemory()) {
            var graph = dispatcher(answering(choice("none"))).routing();
            var outcome =
                    orchestrator.start(graph, State.of(Dispatcher.TASK, TASK)).await();
            assertThat(route(outcome).match().stage()).isEqualTo(Match.Stage.DECLINED);
        }
    }

    @Test
    void has_limits_that_make_sense() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ModelChoice(1.5, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> new ModelChoice(0.5, 1));
    }
}
