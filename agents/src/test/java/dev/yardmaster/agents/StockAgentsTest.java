package dev.yardmaster.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.definition.AgentReader;
import dev.yardmaster.definition.Diagnostic;
import dev.yardmaster.definition.Reading;
import dev.yardmaster.routing.Candidate;
import dev.yardmaster.routing.LexicalRouter;
import dev.yardmaster.routing.Match;
import dev.yardmaster.routing.RoutingReport;
import dev.yardmaster.routing.RoutingReport.Query;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StockAgentsTest {

    private static final String REFERENCE = "backend-engineer";
    private static final AgentCatalog STOCK = AgentCatalog.builder().stock().build();

    /** All but the reference, which is somebody else's file and shipped as it is. */
    static List<AgentDefinition> ownFiles() {
        return STOCK.all().stream()
                .filter(agent -> !agent.name().equals(REFERENCE))
                .toList();
    }

    @Test
    void are_these() {
        assertThat(STOCK.all())
                .extracting(AgentDefinition::name)
                .containsExactly(
                        "backend-engineer",
                        "code-reviewer",
                        "database-engineer",
                        "debugger",
                        "devops-engineer",
                        "frontend-engineer",
                        "planner",
                        "qa-engineer",
                        "security-reviewer",
                        "technical-writer");
    }

    @Test
    void load_without_a_word_except_for_the_reference_whose_front_matter_is_not_yaml() {
        assertThat(STOCK.files()).allSatisfy(file -> assertThat(file).isInstanceOf(Reading.Loaded.class));
        assertThat(STOCK.diagnostics())
                .singleElement()
                .satisfies(told -> assertThat(told.file()).endsWith(REFERENCE + ".md"))
                .extracting(Diagnostic::code)
                .isEqualTo("yaml-tolerated");
    }

    @ParameterizedTest
    @MethodSource("ownFiles")
    void say_all_that_a_good_specialist_says(AgentDefinition agent) {
        assertThat(agent.source()).endsWith(agent.name() + ".md");
        assertThat(agent.tools())
                .isPresent()
                .get()
                .satisfies(tools -> assertThat(AgentReader.DEFAULT_TOOLS).containsAll(tools));
        assertThat(agent.model().orElseThrow()).isIn("inherit", "sonnet", "opus");
        assertThat(agent.color()).isPresent();
        assertThat(agent.prompt()).contains("## How you work");
        assertThat(agent.checklist().items()).hasSizeBetween(5, 9).doesNotHaveDuplicates();
        assertThat(agent.examples()).hasSizeGreaterThanOrEqualTo(3).allSatisfy(example -> {
            assertThat(example.context()).isNotBlank();
            assertThat(example.user()).isNotBlank();
            assertThat(example.assistant()).contains(agent.name());
            assertThat(example.commentary()).isNotBlank();
        });
    }

    @Test
    void that_only_look_have_no_tool_that_writes() {
        for (String name : List.of("security-reviewer", "planner")) {
            assertThat(STOCK.get(name).tools().orElseThrow()).containsExactlyInAnyOrder("Read", "Glob", "Grep");
        }
        assertThat(STOCK.get("planner").permissionMode()).hasValue("plan");
        assertThat(STOCK.get("code-reviewer").tools().orElseThrow()).doesNotContain("Write", "Edit");
        assertThat(STOCK.get("code-reviewer").permissionMode()).hasValue("plan");
    }

    @Test
    void have_colours_that_tell_them_apart() {
        Set<String> colors =
                STOCK.all().stream().map(agent -> agent.color().orElseThrow()).collect(Collectors.toSet());
        assertThat(colors).hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void get_the_demos_task_to_the_backend_engineer_by_its_example_with_the_database_engineer_next() {
        String task = "This query is taking 5 seconds, can you optimize it?";
        Match match = new LexicalRouter(STOCK.all()).route(task);
        assertThat(match.chosen()).hasValue(REFERENCE);
        assertThat(match.candidates().getFirst().example()).hasValue(task);
        assertThat(match.runnerUp()).map(Candidate::agent).hasValue("database-engineer");
    }

    @Test
    void are_found_by_their_own_examples_and_more_often_than_not_without_the_one_that_is_asked() {
        List<Query> asked = STOCK.all().stream()
                .flatMap(agent -> agent.examples().stream()
                        .map(example -> new Query(agent.name(), example.user(), Optional.empty())))
                .toList();
        LexicalRouter router = new LexicalRouter(STOCK.all());
        assertThat(RoutingReport.measure(router, asked).top1()).isEqualTo(1.0);
        assertThat(RoutingReport.measure(router.leavingOneOut(), asked).top1()).isGreaterThan(0.5);
    }

    @Test
    void hold_the_reference_byte_for_byte() throws IOException {
        Path seed = Path.of(System.getProperty("yardmaster.shared", "nowhere"), "seed", REFERENCE + ".md");
        assumeTrue(
                Files.isRegularFile(seed),
                "the reference specialist is not there; set -Dyardmaster.shared to the folder that holds it");
        try (InputStream shipped =
                StockAgentsTest.class.getResourceAsStream("/yardmaster/agents/" + REFERENCE + ".md")) {
            assertThat(shipped).isNotNull();
            assertThat(shipped.readAllBytes()).isEqualTo(Files.readAllBytes(seed));
        }
    }
}
