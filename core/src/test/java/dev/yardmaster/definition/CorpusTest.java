package dev.yardmaster.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.definition.Corpus.Expected;
import dev.yardmaster.definition.Diagnostic.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** 1,559 agent files of strangers load as they say, or are refused. Lists of exceptions here can only shrink. */
class CorpusTest {

    /** Files without a usable name in the index: an indented block, and two with a heading in place of a description. */
    private static final Map<String, String> REFUSED = Map.of(
            "0xfurai+claude-code-subagents/agents/sqs-expert.md", "front-matter-misshapen",
            "avivl+claude-007-agents/.claude/agents/performance-optimizers/tool-batch-optimizer.md",
                    "description-missing",
            "avivl+claude-007-agents/.claude/agents/safety-specialists/agent-environment-simulator.md",
                    "description-missing");

    /**
     * Files that name their tools in a front matter which they never close. The index has them inherit all tools; we keep
     * to what the file says, see {@code docs/decisions/0002-tools-of-an-unclosed-block.md}.
     */
    private static final Set<String> NAMED_IN_AN_UNCLOSED_BLOCK = Set.of(
            "ai-analysis/error-detective",
            "ai-analysis/graphql-architect",
            "ai-analysis/prompt-engineer",
            "ai/machine-learning-engineer",
            "automation/cicd-pipeline-engineer",
            "automation/qa-automation-engineer",
            "business/business-analyst",
            "business/product-manager",
            "frontend/mobile-developer",
            "infrastructure/cloud-architect",
            "infrastructure/database-admin",
            "infrastructure/incident-responder",
            "infrastructure/site-reliability-engineer");

    private final Corpus corpus = Corpus.here();
    private final AgentReader reader = new AgentReader();

    private Reading read(Expected expected) throws IOException {
        return reader.read(expected.file(), corpus.agentFile(expected.file()));
    }

    private static String unclosed(String file) {
        return "avivl+claude-007-agents/.claude/agents/" + file + ".md";
    }

    @Test
    void every_real_file_loads_as_the_index_says_except_those_listed_here() throws IOException {
        Map<String, String> refused = new TreeMap<>();
        Set<String> otherTools = new TreeSet<>();
        List<Expected> index = corpus.index();
        int asItSays = 0;
        for (Expected expected : index) {
            Reading reading = read(expected);
            if (reading.definition().isEmpty()) {
                refused.put(expected.file(), firstError(reading).code());
                continue;
            }
            AgentDefinition agent = reading.definition().get();
            assertThat(agent.name()).as(expected.file()).isEqualTo(expected.name());
            assertThat(agent.model()).as(expected.file()).isEqualTo(expected.model());
            if (agent.tools().equals(expected.tools())) {
                asItSays++;
            } else {
                otherTools.add(expected.file());
            }
        }

        assertThat(index).hasSizeGreaterThanOrEqualTo(1_559);
        assertThat(refused).containsExactlyInAnyOrderEntriesOf(REFUSED);
        assertThat(otherTools)
                .containsExactlyInAnyOrderElementsOf(NAMED_IN_AN_UNCLOSED_BLOCK.stream()
                        .map(CorpusTest::unclosed)
                        .toList());
        assertThat(asItSays + otherTools.size()).isGreaterThanOrEqualTo((int) Math.ceil(0.995 * index.size()));
    }

    @Test
    void a_file_that_is_refused_says_where_and_what_to_do() throws IOException {
        for (Expected expected : corpus.index()) {
            Reading reading = read(expected);
            if (reading.definition().isEmpty()) {
                Diagnostic error = firstError(reading);
                assertThat(error.line()).as(error.toString()).isPositive();
                assertThat(error.remedy()).as(error.toString()).isNotBlank();
            }
        }
    }

    @Test
    void no_file_with_a_line_of_tools_is_given_all_of_them() throws IOException {
        for (Expected expected : corpus.index()) {
            Optional<AgentDefinition> agent = read(expected).definition();
            if (agent.isPresent() && agent.get().tools().isEmpty()) {
                assertThat(keysAtTheTop(expected.file())).as(expected.file()).doesNotContain("tools");
            }
        }
    }

    @Test
    void tools_of_an_unclosed_block_are_those_of_its_line() throws IOException {
        for (String each : NAMED_IN_AN_UNCLOSED_BLOCK) {
            byte[] content = corpus.agentFile(unclosed(each));
            Reading reading = reader.read(each, content);
            String line = text(content)
                    .lines()
                    .filter(at -> at.startsWith("tools:"))
                    .findFirst()
                    .orElseThrow();
            String names = line.substring(line.indexOf('[') + 1, line.indexOf(']'));
            assertThat(reading.definition().orElseThrow().tools()).hasValue(Arrays.asList(names.split(", *")));
            assertThat(reading.diagnostics()).extracting(Diagnostic::code).contains("front-matter-unclosed");
        }
    }

    @Test
    void what_is_no_agent_is_not_taken_for_one() throws IOException {
        List<Path> files = corpus.notAgents();
        assertThat(files).hasSizeGreaterThanOrEqualTo(113);
        for (Path file : files) {
            Reading reading = reader.read(file.toString(), Files.readAllBytes(file));
            assertThat(reading).as("%s: %s", file, reading.diagnostics()).isInstanceOf(Reading.NotAnAgent.class);
        }
    }

    private static Diagnostic firstError(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Refused.class);
        return reading.diagnostics().stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .findFirst()
                .orElseThrow();
    }

    /** Words before a colon in column 1, down to the first line of dashes or the first section of the prompt. */
    private List<String> keysAtTheTop(String file) throws IOException {
        List<String> keys = new ArrayList<>();
        List<String> lines = text(corpus.agentFile(file)).lines().toList();
        int opening = lines.indexOf("---");
        for (String line : lines.subList(opening + 1, lines.size())) {
            if (line.startsWith("---") || line.startsWith("## ")) {
                break;
            }
            if (line.matches("[A-Za-z-]+\\s*:.*")) {
                keys.add(line.substring(0, line.indexOf(':')).strip());
            }
        }
        return keys;
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }
}
