package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.cli.Calls.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A task whose agent has colleagues, and asks the person. */
@Timeout(120)
class HandOffCallTest {

    @TempDir
    Path temporary;

    private Calls calls;

    @BeforeEach
    void here() throws IOException {
        calls = new Calls(temporary);
        calls.file(
                "team/lead.md",
                "---\nname: lead\ndescription: leads\ntools: Task(builder), AskUserQuestion\n---\nLead.\n");
        calls.file("team/builder.md", "---\nname: builder\ndescription: builds\ntools: Write\n---\nBuild.\n");
        calls.file("lead.yaml", """
                version: 1
                agents:
                  lead:
                    - call: {Task: {description: the file, subagent_type: builder, prompt: "Write a.txt"}}
                    - call: {AskUserQuestion: {questions: [{question: "Ship it?",
                        options: [{label: "yes", description: at once}, {label: later}]}]}}
                    - say: "Shipped."
                  builder:
                    - call: {Write: {file_path: a.txt, content: built}}
                    - say: "Built."
                """);
    }

    @Test
    void shows_who_works_for_whom_and_waits_for_the_answer_without_calling_that_interrupted() {
        Said said = calls.call(
                "do",
                "lead it",
                "--agent",
                "lead",
                "--agents",
                "team",
                "--model",
                "script:lead.yaml",
                "--mode",
                "acceptEdits");
        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.out())
                .contains(
                        "● builder",
                        "✓ Write a.txt",
                        "✓ Task the file · Built.",
                        "Ship it?",
                        "1 yes|later|none of these")
                .doesNotContain("interrupted");
        assertThat(calls.call("answer", "last", "1", "later").exit()).isZero();
        Said resumed = calls.call("resume");
        assertThat(resumed.exit()).isZero();
        assertThat(resumed.out()).contains("✓ AskUserQuestion Ship it?", "Shipped.");
    }

    @Test
    void shows_whom_a_subtask_was_handed_on_to_that_named_nobody_while_it_runs_and_later() throws IOException {
        calls.file(
                "team/tuner.md",
                "---\nname: tuner\ndescription: makes slow SQL queries fast\ntools: Read\n---\nTune.\n");
        calls.file("team/lead.md", "---\nname: lead\ndescription: leads\ntools: Task(builder, tuner)\n---\nLead.\n");
        calls.file("lead.yaml", """
                version: 1
                agents:
                  lead:
                    - call: {Task: {description: speed, prompt: "Make the slow SQL query fast"}}
                    - say: "Fast."
                  tuner:
                    - say: "An index helps."
                """);
        List<String> call =
                List.of("do", "lead it", "--agent", "lead", "--agents", "team", "--model", "script:lead.yaml");
        Said said = calls.call(call.toArray(String[]::new));
        assertThat(said.exit()).isZero();
        assertThat(said.out()).contains("→ handed on to tuner", "'slow'", "● tuner");
        Said shown = calls.call("show");
        assertThat(shown.out()).contains("Route  lead · by name", "Route  lead at work", "→ handed on to tuner");
        Said json = calls.call(Stream.concat(call.stream(), Stream.of("--json")).toArray(String[]::new));
        assertThat(json.out()).contains("\"event\":\"route\"", "\"step\":\"turn/1/call/1\"", "\"chosen\":\"tuner\"");
    }
}
