package dev.yardmaster.router.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.routing.HybridRouter;
import dev.yardmaster.routing.LexicalRouter;
import dev.yardmaster.routing.Router;
import dev.yardmaster.routing.RoutingReport;
import dev.yardmaster.testkit.RouterContract;
import dev.yardmaster.testkit.RunAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MiniLmTest {

    private static final MiniLm MODEL = MiniLm.load();

    private static double cosine(String one, String other) {
        return dot(MODEL.embed(one), MODEL.embed(other));
    }

    private static double dot(float[] left, float[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }

    @Test
    void finds_the_same_meaning_in_other_words() {
        assertThat(cosine("I want my money back", "How do I get a refund?"))
                .isGreaterThan(0.2 + cosine("I want my money back", "It will rain tomorrow"));
        assertThat(cosine("a", "a")).isCloseTo(1, within(1e-5));
    }

    @Test
    void takes_any_text() {
        for (String odd : List.of("", " ", "\u0000", "😀", "word ".repeat(10_000))) {
            assertThat(MODEL.embed(odd)).hasSize(384);
        }
    }

    @Test
    void looks_nearer_to_who_can_do_a_task_than_to_who_uses_its_words() {
        float[] task = MODEL.embed("We lose two percent of our users each month");
        float[] can = MODEL.embed("Analyses retention and churn");
        float[] says = MODEL.embed("Writes monthly letters to users");
        float[] sought = MODEL.sought(task);
        assertThat(sought).hasSize(384);
        assertThat(dot(sought, can) - dot(sought, says)).isGreaterThan(0.02 + dot(task, can) - dot(task, says));
    }

    @Test
    void knows_where_tasks_of_all_trades_look() {
        float[] any = MODEL.sought(MODEL.embed("Set up Prometheus, Grafana and alerts that don't wake us for nothing"));
        assertThat(List.of(MODEL.asked()))
                .hasSizeGreaterThan(500)
                .allSatisfy(each -> assertThat(each).hasSize(384))
                .anySatisfy(each -> assertThat(dot(each, any)).isCloseTo(dot(any, any), within(0.02 * dot(any, any))));
    }

    @Nested
    class The_hybrid_router implements RouterContract {

        private final Router router = HybridRouter.of(
                List.of(
                        AgentDefinition.of("backend-engineer", "Queries, schemas and services", "You tune SQL."),
                        AgentDefinition.of("tech-writer", "Manuals, guides and reference pages", "You write.")),
                MODEL);

        @Override
        public Router router() {
            return router;
        }

        @Override
        public String task() {
            return "the database is slow";
        }

        @Override
        public String specialist() {
            return "backend-engineer";
        }

        @Test
        void declines_what_is_no_work_of_theirs() {
            for (String other : List.of("Paint my house", "Book a flight to Lisbon", "How long do I boil an egg?")) {
                assertThat(router.route(other).chosen()).as(other).isEmpty();
            }
        }
    }

    /** The smaller of the two large collections: embedding the other takes a minute. */
    @Test
    void is_better_than_words_alone_on_real_tasks() throws IOException {
        String collection = "laywill+awesome-claude-code-subagents";
        Path shared = Path.of(System.getProperty("yardmaster.shared", "nowhere"));
        Path queries = shared.resolve("routing/queries/" + collection + ".jsonl");
        assumeTrue(
                Files.isRegularFile(queries),
                "the labelled queries are not there; set -Dyardmaster.shared to the folder that holds them");
        Path corpus = shared.resolve("corpus/agents").resolve(collection);
        List<AgentDefinition> some = AgentCatalog.builder().folder(corpus).build().all().stream()
                .filter(agent -> !agent.examples().isEmpty())
                .map(AgentDefinition::withoutExamples)
                .toList();
        var labelled = RoutingReport.queries(Files.readAllLines(queries));
        RoutingReport report = RoutingReport.measure(HybridRouter.of(some, MODEL), labelled);
        RunAssertions.assertThat(report)
                .choosesRightly(0.7)
                .hasTheRightOneAmongThree(0.9)
                .declinesAtMost(0);
        assertThat(report.top3())
                .isGreaterThanOrEqualTo(
                        RoutingReport.measure(new LexicalRouter(some), labelled).top3());
    }
}
