package dev.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.agent.AgentResult;
import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.agent.RetryPolicy;
import dev.yardmaster.agent.Transcript;
import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.journal.MemoryJournal;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.replay.Replay;
import dev.yardmaster.routing.Match;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.RunOptions;
import dev.yardmaster.run.RunView;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Subtasks that an agent hands on without saying to whom. */
@Timeout(60)
class HandedOnTest {

    static final RunId RUN = new RunId("run");
    static final AgentDefinition LEAD =
            AgentDefinition.of("lead", "Leads", "You lead.").withTools("Task", "Read");
    static final AgentDefinition TUNER = AgentDefinition.of(
                    "database-tuner", "Makes slow SQL queries fast.", "You tune.")
            .withTools("Read");
    static final AgentDefinition EDITOR = AgentDefinition.of(
                    "copy-editor", "Mends spelling and style of prose.", "You edit.")
            .withTools("Read");
    static final AgentDefinition PAINTER = AgentDefinition.of(
                    "query-painter", "Draws SQL queries, slow ones and fast ones.", "You draw.")
            .withTools("Read");

    static final String SLOW = "Make the slow SQL query fast";

    @TempDir
    Path workspace;

    AgentRuntime runtime(ScriptedModel script, Policy policy, AgentDefinition... team) {
        return AgentRuntime.builder()
                .catalog(AgentCatalog.builder().definitions(List.of(team)).build())
                .model(script)
                .workspace(workspace)
                .retries(RetryPolicy.none())
                .policy(policy)
                .build();
    }

    static ScriptedModel script(String arguments) {
        return ScriptedModel.parse("""
                version: 1
                usage: {input: 10, output: 1}
                agents:
                  lead:
                    - call: {Task: {description: a part%s}}
                    - say: Done.
                  database-tuner:
                    - say: An index helps.
                  copy-editor:
                    - say: Three typos are gone.
                  query-painter:
                    - say: Drawn.
                """.formatted(arguments), "s");
    }

    static ScriptedModel handing(String task) {
        return script(", prompt: \"" + task + "\"");
    }

    static Graph lead(AgentRuntime runtime) {
        return Graph.builder("g")
                .channels(Dispatcher.TASK, Dispatcher.RESULT)
                .node("work", runtime.agent("lead").reads(Dispatcher.TASK).writes(Dispatcher.RESULT))
                .start("work")
                .build();
    }

    static Outcome run(Graph graph) throws InterruptedException {
        try (var orchestrator = Orchestrator.inMemory()) {
            return orchestrator
                    .start(
                            graph,
                            State.of(Dispatcher.TASK, "Lead it"),
                            RunOptions.defaults().withId(RUN))
                    .await();
        }
    }

    Outcome run(ScriptedModel script, Policy policy, AgentDefinition... team) throws InterruptedException {
        return run(lead(Dispatcher.lexical(runtime(script, policy, team)).runtime()));
    }

    static List<Route> routes(RunView view) {
        return view.facts(Fact.StepFinished.class).stream()
                .filter(step -> step.step().endsWith("/route"))
                .map(step -> step.output().orElseThrow().as(Route.class))
                .toList();
    }

    static List<String> told(RunView view) {
        return Transcript.lastOf(view).orElseThrow().messages().stream()
                .filter(Message.ToolOutput.class::isInstance)
                .map(message -> ((Message.ToolOutput) message).text())
                .toList();
    }

    static List<String> workers(RunView view) {
        return Transcript.allOf(view).stream().map(Transcript::agent).toList();
    }

    @Nested
    class A_subtask_for_nobody_by_name {
        @Test
        void goes_to_the_colleague_who_fits_and_the_route_is_recorded_with_the_call() throws Exception {
            RunView view = run(handing(SLOW), Policy.acceptEdits(), LEAD, TUNER, EDITOR)
                    .view();
            assertThat(told(view))
                    .singleElement()
                    .asString()
                    .startsWith("An index helps.")
                    .contains("database-tuner was asked, since you named nobody");
            assertThat(view.facts(Fact.StepFinished.class).stream().map(Fact.StepFinished::step))
                    .contains("turn/1/call/1/referral/route");
            assertThat(routes(view)).singleElement().satisfies(route -> {
                assertThat(route.agent()).isEqualTo("database-tuner");
                assertThat(route.match().task()).isEqualTo(SLOW);
                assertThat(route.match().stage()).isEqualTo(Match.Stage.LEXICAL);
                assertThat(route.profile().orElseThrow().tools()).containsExactly("Read");
            });
        }

        @Test
        void may_be_meant_for_general_purpose_unless_there_is_such_an_agent() throws Exception {
            var script = script(", subagent_type: general-purpose, prompt: \"" + SLOW + "\"");
            RunView routed =
                    run(script, Policy.acceptEdits(), LEAD, TUNER, EDITOR).view();
            assertThat(workers(routed)).containsExactly("lead", "database-tuner");

            var there = AgentDefinition.of("general-purpose", "Does anything.", "You work.")
                    .withTools("Read");
            RunView named = run(script.and("general-purpose", "Done by me."), Policy.acceptEdits(), LEAD, TUNER, there)
                    .view();
            assertThat(told(named)).containsExactly("Done by me.");
            assertThat(routes(named)).isEmpty();
        }

        @Test
        void goes_to_the_one_whom_its_words_name() throws Exception {
            RunView view = run(
                            handing("@copy-editor have a look at the slow SQL query"),
                            Policy.acceptEdits(),
                            LEAD,
                            TUNER,
                            EDITOR)
                    .view();
            assertThat(workers(view)).containsExactly("lead", "copy-editor");
        }

        @Test
        void is_routed_by_words_where_no_dispatcher_is_and_recorded_the_same_way() throws Exception {
            RunView view = run(lead(runtime(handing(SLOW), Policy.acceptEdits(), LEAD, TUNER, EDITOR)))
                    .view();
            assertThat(workers(view)).containsExactly("lead", "database-tuner");
            assertThat(routes(view)).singleElement().satisfies(route -> {
                assertThat(route.agent()).isEqualTo("database-tuner");
                assertThat(route.passedOver()).isEmpty();
            });
        }

        @Test
        void is_told_back_when_nobody_fits_with_who_is_there_and_what_would_have_been_enough() throws Exception {
            RunView view = run(handing("Paint my house"), Policy.acceptEdits(), LEAD, TUNER, EDITOR)
                    .view();
            assertThat(told(view))
                    .singleElement()
                    .asString()
                    .contains("nobody fits this subtask well enough", "copy-editor, database-tuner", "subagent_type");
            assertThat(routes(view))
                    .singleElement()
                    .satisfies(route -> assertThat(route.match().stage()).isEqualTo(Match.Stage.DECLINED));
            assertThat(workers(view)).containsExactly("lead");
        }

        @Test
        void with_arguments_that_do_not_fit_is_told_of_them_and_routed_to_nobody() throws Exception {
            RunView view = run(script(""), Policy.acceptEdits(), LEAD, TUNER).view();
            assertThat(told(view)).singleElement().asString().contains("'prompt' is missing");
            assertThat(routes(view)).isEmpty();
        }
    }

    @Nested
    class Candidates {
        @Test
        void are_only_those_whom_the_callers_file_names() throws Exception {
            RunView view = run(
                            handing(SLOW), Policy.acceptEdits(), LEAD.withTools("Task(query-painter)"), TUNER, PAINTER)
                    .view();
            assertThat(workers(view)).containsExactly("lead", "query-painter");
        }

        @Test
        void are_none_whom_a_rule_denies() throws Exception {
            RunView view = run(
                            handing(SLOW),
                            Policy.acceptEdits().with(Rule.deny("Agent(database-tuner)", "test")),
                            LEAD,
                            TUNER,
                            PAINTER)
                    .view();
            assertThat(workers(view)).containsExactly("lead", "query-painter");
        }

        @Test
        void that_a_rule_has_asked_for_are_asked_for_by_name() throws Exception {
            Outcome outcome = run(
                    handing(SLOW),
                    Policy.acceptEdits().with(Rule.ask("Agent(database-tuner)", "test")),
                    LEAD,
                    TUNER,
                    EDITOR);
            assertThat(outcome).isInstanceOf(Outcome.Suspended.class);
            assertThat(outcome.view().questions().values())
                    .singleElement()
                    .satisfies(question -> assertThat(question.details().get("arguments"))
                            .contains("\"subagent_type\":\"database-tuner\""));
        }

        @Test
        void without_their_tools_or_model_are_passed_over_and_the_route_says_so() throws Exception {
            RunView view = run(handing(SLOW), Policy.acceptEdits(), LEAD, TUNER.withTools("Database"), PAINTER)
                    .view();
            assertThat(workers(view)).containsExactly("lead", "query-painter");
            assertThat(routes(view))
                    .singleElement()
                    .satisfies(route -> assertThat(route.passedOver())
                            .extracting(PassedOver::agent)
                            .containsExactly("database-tuner"));
        }

        @Test
        void that_are_none_at_all_are_told() throws Exception {
            RunView view = run(
                            handing(SLOW),
                            Policy.acceptEdits().with(Rule.deny("Agent(database-tuner)", "test")),
                            LEAD,
                            TUNER)
                    .view();
            assertThat(told(view)).singleElement().asString().contains("there is no colleague whom you may ask");
        }
    }

    @Nested
    class A_model {
        final ScriptedModel choosing = handing(SLOW)
                .and("router", "{\"specialist\": \"query-painter\", \"reason\": \"it is about a drawing\"}");

        Graph graph() {
            return lead(Dispatcher.lexical(runtime(choosing, Policy.acceptEdits(), LEAD, TUNER, PAINTER))
                    .asking(ModelChoice.defaults().below(1))
                    .runtime());
        }

        @Test
        void chooses_where_the_router_is_not_sure_and_what_it_took_is_the_callers() throws Exception {
            Outcome outcome = run(graph());
            assertThat(workers(outcome.view())).contains("query-painter").doesNotContain("database-tuner");
            assertThat(told(outcome.view()))
                    .singleElement()
                    .asString()
                    .contains("a model chose", "it is about a drawing");
            AgentResult result = ((Outcome.Completed) outcome).state().get(Dispatcher.RESULT);
            assertThat(result.spent().usage()).isEqualTo(outcome.view().usage());
            assertThat(result.spent().turns()).isEqualTo(4);
        }

        @Test
        void is_not_asked_again_wherever_the_process_dies() throws Exception {
            List<Entry> all = run(graph()).view().entries().stream()
                    .map(RunEvent.Recorded::entry)
                    .toList();
            String reply = "turn/1/call/1/referral/choice/turn/1/model";
            for (int end = 1; end < all.size(); end++) {
                var store = new MemoryJournal();
                store.create(RUN, all.subList(0, end));
                store.lapse();
                try (var orchestrator =
                        Orchestrator.builder().journal(store.another()).build()) {
                    RunView view = orchestrator.resume(RUN, graph()).await().view();
                    String when = "after entry " + end;
                    assertThat(workers(view)).as(when).contains("query-painter").doesNotContain("database-tuner");
                    assertThat(view.facts(Fact.StepFinished.class).stream()
                                    .filter(step -> step.step().equals(reply)))
                            .as(when)
                            .hasSize(1);
                    assertThat(view.spent().turns()).as(when).isEqualTo(4);
                }
            }
        }
    }

    /** Cuts the journal after each entry, has the team changed, and lets another process go on. */
    @Test
    void a_resumed_run_asks_whom_it_asked_wherever_its_process_died() throws Exception {
        Graph first = lead(Dispatcher.lexical(runtime(handing(SLOW), Policy.acceptEdits(), LEAD, TUNER, PAINTER))
                .runtime());
        List<Entry> all = run(first).view().entries().stream()
                .map(RunEvent.Recorded::entry)
                .toList();
        var denying = Policy.acceptEdits().with(Rule.deny("Agent(query-painter)", "later"));
        Graph later = lead(Dispatcher.lexical(runtime(handing(SLOW), denying, LEAD, TUNER, PAINTER))
                .routing(task ->
                        new Match(task, List.of(), java.util.Optional.of("query-painter"), Match.Stage.LEXICAL, "now"))
                .runtime());
        for (int end = 1; end < all.size(); end++) {
            List<Entry> recorded = all.subList(0, end);
            boolean routed = names(recorded).anyMatch("turn/1/call/1/referral/route"::equals);
            if (!routed) {
                continue;
            }
            var store = new MemoryJournal();
            store.create(RUN, recorded);
            store.lapse();
            try (var orchestrator =
                    Orchestrator.builder().journal(store.another()).build()) {
                Outcome outcome = orchestrator.resume(RUN, later).await();
                assertThat(workers(outcome.view())).as("after entry " + end).containsExactly("lead", "database-tuner");
                assertThat(routes(outcome.view())).as("after entry " + end).hasSize(1);
            }
        }
    }

    private static Stream<String> names(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.fact() instanceof Fact.StepFinished)
                .map(entry -> ((Fact.StepFinished) entry.fact()).step());
    }

    @Test
    void a_replay_uses_the_recorded_route() throws Exception {
        Graph graph = lead(Dispatcher.lexical(runtime(handing(SLOW), Policy.acceptEdits(), LEAD, TUNER, PAINTER))
                .runtime());
        RunView view = run(graph).view();
        var replayed = Replay.of(view).through(graph);
        assertThat(replayed.isSame()).as(replayed::toString).isTrue();
    }
}
