package dev.yardmaster.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.routing.RoutingReport.Confusion;
import dev.yardmaster.routing.RoutingReport.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutingReportTest {

    private static Query query(String agent, String text) {
        return new Query(agent, text, Optional.empty());
    }

    /** Chooses the first word and has the others for candidates; declines what starts with a dash. */
    private static Match firstWord(String task) {
        List<String> words = List.of(task.split(" "));
        var candidates = words.stream()
                .map(word -> new Candidate(word, 1, List.of(), Optional.empty()))
                .toList();
        boolean declined = task.startsWith("-");
        return new Match(
                task,
                candidates,
                declined ? Optional.empty() : Optional.of(words.getFirst()),
                declined ? Match.Stage.DECLINED : Match.Stage.LEXICAL,
                "");
    }

    @Test
    void counts_what_was_right_near_declined_and_confused() {
        RoutingReport report = RoutingReport.measure(
                RoutingReportTest::firstWord,
                List.of(
                        query("a", "a b c"),
                        query("b", "a b c"),
                        query("c", "a b c"),
                        query("c", "a b c"),
                        query("d", "a b c d"),
                        query("x", "a b c"),
                        query("b", "- b"),
                        query("a", "- a")));
        assertThat(report.queries()).isEqualTo(8);
        assertThat(report.answered()).isEqualTo(6);
        assertThat(report.declined()).isEqualTo(2);
        assertThat(report.top1()).isEqualTo(1 / 8.0);
        assertThat(report.top3()).isEqualTo(4 / 8.0);
        assertThat(report.mrr()).isCloseTo((1 + 1 / 2.0 + 2 / 3.0 + 1 / 4.0) / 8, within(1e-9));
        assertThat(report.p99Millis()).isGreaterThanOrEqualTo(report.p50Millis());
        assertThat(report.confusions())
                .containsExactly(
                        new Confusion("c", "a", 2),
                        new Confusion("b", "a", 1),
                        new Confusion("d", "a", 1),
                        new Confusion("x", "a", 1));
    }

    @Test
    void of_nothing_is_all_zero() {
        assertThat(RoutingReport.measure(RoutingReportTest::firstWord, List.of()))
                .isEqualTo(new RoutingReport(0, 0, 0, 0, 0, 0, 0, 0, List.of()));
    }

    @Test
    void reads_labelled_tasks_and_names_the_line_that_is_none() {
        assertThat(RoutingReport.queries(List.of(
                        "{\"agent\": \"a\", \"query\": \"q\"}",
                        "",
                        "{\"agent\": \"b\", \"query\": \"r\", \"context\": \"c\", \"more\": 1}")))
                .containsExactly(query("a", "q"), new Query("b", "r", Optional.of("c")));
        for (String broken : List.of("{\"agent\": \"a\"}", "{\"agent\": null, \"query\": \"q\"}", "nonsense")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RoutingReport.queries(List.of("{\"agent\": \"a\", \"query\": \"q\"}", broken)))
                    .withMessageStartingWith("line 2 is no labelled task");
        }
    }

    /** The measure of the whole: it may rise, and these floors with it. */
    @Test
    void the_lexical_router_is_no_worse_than_it_was_on_real_queries() throws IOException {
        RoutingReport large = withoutExamples("davila7+claude-code-templates");
        assertThat(large.queries()).isEqualTo(515);
        assertThat(large.top1()).isGreaterThan(0.54);
        assertThat(large.top3()).isGreaterThan(0.74);
        RoutingReport other = withoutExamples("laywill+awesome-claude-code-subagents");
        assertThat(other.queries()).isEqualTo(60);
        assertThat(other.top1()).isGreaterThan(0.65);
        assertThat(other.top3()).isGreaterThan(0.77);
    }

    private static RoutingReport withoutExamples(String collection) throws IOException {
        Path shared = Path.of(System.getProperty("yardmaster.shared", "nowhere"));
        Path queries = shared.resolve("routing/queries/" + collection + ".jsonl");
        assumeTrue(
                Files.isRegularFile(queries),
                "the labelled queries are not there; set -Dyardmaster.shared to the folder that holds them");
        List<AgentDefinition> agents =
                AgentCatalog.builder()
                        .folder(shared.resolve("corpus/agents").resolve(collection))
                        .build()
                        .all()
                        .stream()
                        .map(AgentDefinition::withoutExamples)
                        .toList();
        return RoutingReport.measure(new LexicalRouter(agents), RoutingReport.queries(Files.readAllLines(queries)));
    }
}
