package dev.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Budget;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.routing.LexicalRouter;
import dev.yardmaster.routing.RoutingReport.Query;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChoiceTrialTest {

    static final List<AgentDefinition> TEAM = List.of(
            AgentDefinition.of("database-tuner", "Makes slow queries fast.", "You tune."),
            AgentDefinition.of("report-writer", "Writes the monthly report.", "You write."));

    static final Query UNSURE = task("report-writer", "the monthly report query is slow");
    static final Query OTHER = task("database-tuner", "why is a query for the report slow");
    static final Query NAMED = task("database-tuner", "@database-tuner look at this");
    static final Query NOBODY = task("database-tuner", "arrange a slow wedding dinner for my cousin tomorrow");

    @TempDir
    Path workspace;

    static Query task(String agent, String text) {
        return new Query(agent, text, Optional.empty());
    }

    static String choice(String specialist) {
        return "{\"specialist\": \"" + specialist + "\", \"reason\": \"so\"}";
    }

    ChoiceTrial trial(ScriptedModel script, Query... tasks) {
        var runtime = AgentRuntime.builder()
                .catalog(AgentCatalog.builder().definitions(TEAM).build())
                .model(script.usage(100, 10))
                .workspace(workspace)
                .build();
        return ChoiceTrial.of(
                Dispatcher.lexical(runtime).asking(ModelChoice.defaults().below(1)), List.of(tasks));
    }

    /** Right about the first, wrong about the second, and about the one that the router declined right. */
    final ScriptedModel script = ScriptedModel.replies("nobody", "nothing")
            .when(Chooser.NAME, "the monthly report query", choice("report-writer"))
            .when(Chooser.NAME, "why is a query", choice("none"))
            .when(Chooser.NAME, "wedding", choice("database-tuner"));

    @Test
    void asks_where_the_router_is_not_sure_and_counts_who_was_right() throws Exception {
        var trial = trial(script, UNSURE, NAMED, OTHER);
        var router = new LexicalRouter(TEAM);
        int alone = (router.route(UNSURE.query()).chosen().equals(Optional.of("report-writer")) ? 1 : 0)
                + (router.route(OTHER.query()).chosen().equals(Optional.of("database-tuner")) ? 1 : 0);
        assertThat(trial.unsure()).isEqualTo(2);

        ChoiceReport report = trial.ask(Budget.unlimited());

        assertThat(report.asked()).isEqualTo(2);
        assertThat(report.right()).isEqualTo(1);
        assertThat(report.routerRight()).isEqualTo(alone);
        assertThat(report.alone().top1()).isEqualTo((1 + alone) / 3.0);
        assertThat(report.together().top1()).isEqualTo(2 / 3.0);
        assertThat(report.together().declined()).isEqualTo(1);
        assertThat(report.spent().turns()).isEqualTo(2);
        assertThat(report.spent().usage().inputTokens()).isEqualTo(200);
    }

    @Test
    void tells_by_how_sure_the_router_was() throws Exception {
        ChoiceReport report = trial(script, UNSURE, OTHER, UNSURE).ask(Budget.unlimited());
        assertThat(report.bands()).allSatisfy(band -> {
            assertThat(band.declined()).isFalse();
            assertThat(band.to() - band.from()).isCloseTo(0.1, within(1e-9));
        });
        double sure = new LexicalRouter(TEAM).route(UNSURE.query()).confidence();
        assertThat(report.bands())
                .filteredOn(band -> band.from() <= sure && sure < band.to())
                .singleElement()
                .satisfies(band -> assertThat(band.right()).isEqualTo(2));
    }

    @Test
    void asks_about_what_the_router_declined_too() throws Exception {
        ChoiceReport report = trial(script, NOBODY).ask(Budget.unlimited());
        assertThat(report.bands()).containsExactly(new ChoiceReport.Band(true, 0, 0, 1, 1, 0));
        assertThat(report.alone().declined()).isEqualTo(1);
        assertThat(report.together().declined()).isZero();
    }

    @Test
    void stops_asking_when_its_budget_is_used_up_and_counts_what_was_asked() throws Exception {
        ChoiceReport report = trial(script, UNSURE, OTHER, NOBODY).ask(Budget.turns(1));
        assertThat(report.asked()).isEqualTo(1);
        assertThat(report.spent().turns()).isEqualTo(1);
        assertThat(report.together().queries()).isEqualTo(3);
    }

    @Test
    void of_a_model_that_cannot_be_asked_says_why() {
        var silent = trial(ScriptedModel.replies("nobody", "nothing"), UNSURE);
        assertThatExceptionOfType(UnmeasuredException.class)
                .isThrownBy(() -> silent.ask(Budget.unlimited()))
                .withMessageContaining("about 1 task, and could not be any more after 0 replies: ")
                .withMessageContaining("no replies for agent 'router'");
    }

    @Test
    void of_no_task_asks_nobody() throws Exception {
        ChoiceReport report = trial(script, NAMED).ask(Budget.unlimited());
        assertThat(report.asked()).isZero();
        assertThat(report.together()).isEqualTo(report.alone());
    }
}
