package dev.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.agent.NoToolsException;
import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.definition.UnknownAgentException;
import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Usage;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelCatalog;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.routing.Match;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.RunOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RoutingRulesTest {

    @TempDir
    Path workspace;

    Dispatcher dispatcher(AgentDefinition... more) {
        var all = new ArrayList<>(List.of(
                AgentDefinition.of("database-tuner", "Makes slow SQL queries and indexes fast.", "You tune SQL."),
                AgentDefinition.of("copy-editor", "Mends spelling and style of prose.", "You edit prose.")));
        all.addAll(List.of(more));
        return Dispatcher.lexical(AgentRuntime.builder()
                .catalog(AgentCatalog.builder().definitions(all).build())
                .model(ScriptedModel.replies("copy-editor", "Mended.").and("database-tuner", "Tuned."))
                .workspace(workspace)
                .build());
    }

    @Nested
    class A_label {
        Dispatcher dispatcher;

        @BeforeEach
        void make() {
            dispatcher = dispatcher().labelled(Map.of("docs", "copy-editor", "db", "database-tuner"));
        }

        @Test
        void gives_the_task_to_its_agent_whatever_the_words() {
            Route route = dispatcher.route("this SQL query is slow", List.of("docs"));
            assertThat(route.agent()).isEqualTo("copy-editor");
            assertThat(route.match().stage()).isEqualTo(Match.Stage.RULE);
            assertThat(route.match().reason()).contains("'docs'");
            assertThat(route.match().confidence()).isEqualTo(1);
        }

        @Test
        void counts_less_than_a_name_in_the_task_and_more_than_a_name_that_nobody_has() {
            assertThat(dispatcher
                            .route("@database-tuner please", List.of("docs"))
                            .agent())
                    .isEqualTo("database-tuner");
            assertThat(dispatcher.route("@nobody please", List.of("docs")).agent())
                    .isEqualTo("copy-editor");
        }

        @Test
        void without_a_rule_says_nothing_and_of_several_the_first_with_one_counts() {
            assertThat(dispatcher
                            .route("this SQL query is slow", List.of("urgent"))
                            .match()
                            .stage())
                    .isEqualTo(Match.Stage.LEXICAL);
            assertThat(dispatcher.route("x", List.of("urgent", "db", "docs")).agent())
                    .isEqualTo("database-tuner");
        }

        @Test
        void comes_with_the_input_of_a_run() throws Exception {
            State input = State.of(Dispatcher.TASK, "this SQL query is slow").with(Dispatcher.LABELS, List.of("docs"));
            try (var orchestrator = Orchestrator.inMemory()) {
                var outcome = orchestrator.start(dispatcher.graph(), input).await();
                assertThat(((Outcome.Completed) outcome)
                                .state()
                                .get(Dispatcher.RESULT)
                                .text())
                        .isEqualTo("Mended.");
            }
        }

        @Test
        void for_an_agent_that_there_is_not_is_refused() {
            assertThatExceptionOfType(UnknownAgentException.class)
                    .isThrownBy(() -> dispatcher().labelled(Map.of("docs", "copy-editer")))
                    .withMessageContaining("copy-editor");
        }
    }

    @Nested
    class Who_has_no_tools_here {
        final AgentDefinition helpless = AgentDefinition.of(
                        "query-wizard", "Makes slow SQL queries fast, slow SQL queries above all.", "You know SQL.")
                .withTools("DatabaseConsole");
        Dispatcher dispatcher;

        @BeforeEach
        void make() {
            dispatcher = dispatcher(helpless);
        }

        @Test
        void is_passed_over_for_the_next_and_the_route_says_why() {
            assertThat(dispatcher.match("this slow SQL query", List.of()).chosen())
                    .contains("query-wizard");

            Route route = dispatcher.route("this slow SQL query");

            assertThat(route.agent()).isEqualTo("database-tuner");
            assertThat(route.passedOver()).singleElement().satisfies(passed -> {
                assertThat(passed.agent()).isEqualTo("query-wizard");
                assertThat(passed.why()).contains("DatabaseConsole");
            });
            assertThat(route.match().reason()).contains("query-wizard");
        }

        @Test
        void is_refused_when_named() {
            assertThatExceptionOfType(NoToolsException.class)
                    .isThrownBy(() -> dispatcher.route("@query-wizard make it fast"));
        }

        @Test
        void leaves_a_task_undone_that_fits_nobody_else() {
            Route route = dispatcher.route("wizard");
            assertThat(route.profile()).isEmpty();
            assertThat(route.match().stage()).isEqualTo(Match.Stage.DECLINED);
            assertThat(route.match().reason()).contains("DatabaseConsole");
        }
    }

    @Nested
    class Whose_price_nobody_knows {

        /** Of a house of its own: no list has its price. */
        record HouseModel() implements Model {
            @Override
            public String name() {
                return "house:large";
            }

            @Override
            public ModelReply reply(ModelRequest request) {
                return new ModelReply(
                        new Message.Assistant("House tuned.", List.of(), Map.of()),
                        new Usage(10, 5),
                        ModelReply.Finish.STOP);
            }
        }

        private static AgentDefinition on(String model, AgentDefinition agent) {
            return new AgentDefinition(
                    agent.name(),
                    agent.description(),
                    agent.tools(),
                    agent.disallowedTools(),
                    Optional.of(model),
                    agent.permissionMode(),
                    agent.maxTurns(),
                    agent.color(),
                    agent.prompt(),
                    agent.examples(),
                    agent.checklist(),
                    agent.extensions(),
                    agent.source(),
                    agent.sha256());
        }

        private Outcome tuned(RunOptions options) throws Exception {
            var wizard = AgentDefinition.of(
                    "query-wizard", "Makes slow SQL queries fast, slow SQL queries above all.", "You know SQL.");
            var tuner = on(
                    "scripted",
                    AgentDefinition.of("database-tuner", "Makes slow SQL queries and indexes fast.", "You tune SQL."));
            var runtime = AgentRuntime.builder()
                    .agents(wizard)
                    .agents(tuner)
                    .models(ModelCatalog.builder()
                            .defaultModel(new HouseModel())
                            .model("scripted", ScriptedModel.replies("database-tuner", "Tuned."))
                            .build())
                    .workspace(workspace)
                    .build();
            try (var orchestrator = Orchestrator.inMemory()) {
                return orchestrator
                        .start(
                                Dispatcher.lexical(runtime).graph(),
                                State.of(Dispatcher.TASK, "this slow SQL query"),
                                options)
                        .await();
            }
        }

        private static Route route(Outcome outcome) {
            return ((Outcome.Completed) outcome).state().get(Dispatcher.ROUTE);
        }

        @Test
        void is_passed_over_where_the_budget_is_in_dollars() throws Exception {
            Route route = route(tuned(RunOptions.defaults().withBudget(Budget.dollars("5"))));

            assertThat(route.agent()).isEqualTo("database-tuner");
            assertThat(route.passedOver()).singleElement().satisfies(passed -> {
                assertThat(passed.agent()).isEqualTo("query-wizard");
                assertThat(passed.why()).contains("'house:large'", "the budget is in dollars");
            });
        }

        @Test
        void works_under_any_other_budget() throws Exception {
            assertThat(route(tuned(RunOptions.defaults().withBudget(Budget.turns(5))))
                            .agent())
                    .isEqualTo("query-wizard");
        }
    }
}
