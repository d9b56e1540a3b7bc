package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Question;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.hook.Hook;
import dev.yardmaster.hook.HookAnswer;
import dev.yardmaster.hook.HookEvent;
import dev.yardmaster.hook.Hooks;
import dev.yardmaster.journal.MemoryJournal;
import dev.yardmaster.model.KnownSecrets;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees of a change that they are asked about. */
@Timeout(60)
class ForeseenChangeTest {

    private static final String WRITE = "{Write: {file_path: a.txt, content: \"one\\nthree\\n\"}}";

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void here() throws Exception {
        bench = new Bench(folder.toRealPath());
        Files.writeString(folder.resolve("a.txt"), "one\ntwo\n");
    }

    private AgentRuntimeBuilder runtime(String call) {
        return bench.runtime(Bench.WORKER)
                .policy(Policy.of(Mode.DEFAULT))
                .model(Bench.script("- call: {Read: {file_path: a.txt}}\n- call: " + call + "\n- say: done\n"));
    }

    private static Question question(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Suspended.class);
        assertThat(outcome.view().questions()).hasSize(1);
        return outcome.view().questions().values().iterator().next();
    }

    private static String diff(Outcome outcome) {
        return question(outcome).details().getOrDefault("diff", "none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                WRITE,
                "{Edit: {file_path: a.txt, old_string: two, new_string: three}}",
                "{MultiEdit: {file_path: a.txt, edits: [{old_string: two, new_string: x}, {old_string: x, new_string: three}]}}"
            })
    void is_a_diff_whichever_tool_makes_it(String call) throws Exception {
        assertThat(diff(bench.run(runtime(call))))
                .isEqualTo("--- a/a.txt\n+++ b/a.txt\n@@ -1,2 +1,2 @@\n one\n-two\n+three");
    }

    @Test
    void of_a_notebook_is_that_of_its_file() throws Exception {
        Files.writeString(folder.resolve("n.ipynb"), """
                {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
                 {"id": "a", "cell_type": "markdown", "metadata": {}, "source": "two"}
                ]}
                """);
        String told =
                diff(bench.run(runtime("{NotebookEdit: {notebook_path: n.ipynb, cell_id: a, new_source: three}}")));
        assertThat(told)
                .startsWith("--- a/n.ipynb\n+++ b/n.ipynb\n@@ -1,3 +1,5 @@")
                .contains("\"two\"}\n+", "\n+   \"three\"");
    }

    @Test
    void is_none_where_there_would_be_none_and_where_a_call_is_no_change() throws Exception {
        assertThat(diff(bench.run(runtime("{Write: {file_path: a.txt, content: \"one\\ntwo\\n\"}}"))))
                .isEqualTo("none");
        assertThat(diff(bench.run(runtime("{Edit: {file_path: a.txt, old_string: four, new_string: x}}"))))
                .isEqualTo("none");
        assertThat(diff(bench.run(runtime("{Bash: {command: touch b}}")))).isEqualTo("none");
    }

    @Test
    void is_that_of_the_call_that_hooks_made_of_it() throws Exception {
        Json instead = Json.parse("{\"file_path\": \"b.txt\", \"content\": \"new\\n\"}");
        Outcome outcome = bench.run(runtime(WRITE)
                .hooks(Hooks.of(Hook.of(
                        HookEvent.PRE_TOOL_USE,
                        "Write",
                        "test",
                        input -> HookAnswer.none().withInput(instead)))));
        assertThat(diff(outcome)).isEqualTo("--- /dev/null\n+++ b/b.txt\n@@ -0,0 +1,1 @@\n+new");
    }

    @Test
    void shows_no_secrets() throws Exception {
        Files.writeString(folder.resolve("a.txt"), "token hunter2hunter2\n");
        try (var orchestrator = Orchestrator.builder()
                .redact(KnownSecrets.of(Map.of("MY_TOKEN", "hunter2hunter2")))
                .build()) {
            Outcome outcome =
                    orchestrator.start(graph(), State.of(Bench.TASK, "x")).await();
            assertThat(diff(outcome)).contains("-token [redacted: MY_TOKEN]").doesNotContain("hunter2");
        }
    }

    @Test
    void is_what_runs_once_it_is_allowed_or_nothing_does() throws Exception {
        var journal = new MemoryJournal();
        Run run;
        try (var orchestrator = Orchestrator.builder().journal(journal).build()) {
            run = orchestrator.start(graph(), State.of(Bench.TASK, "x"));
            assertThat(diff(run.await())).contains("-two");
        }
        Files.writeString(folder.resolve("a.txt"), "one\nanother two\n");
        journal.lapse();
        try (var orchestrator =
                Orchestrator.builder().journal(journal.another()).build()) {
            Run resumed = orchestrator.resume(run.id(), graph());
            Outcome waiting = resumed.await();
            assertThat(diff(waiting)).as("as it was asked").contains("-two").doesNotContain("another");
            String id = waiting.view().questions().keySet().iterator().next();
            orchestrator.answer(run.id(), new Answer(id, "allow", "", "me"));
            Outcome outcome = resumed.await();
            assertThat(Bench.told(outcome).getLast()).contains("not as it was when a person was asked");
        }
        assertThat(folder.resolve("a.txt")).hasContent("one\nanother two\n");
    }

    private Graph graph() {
        return Graph.builder("test")
                .channels(Bench.TASK, Bench.RESULT)
                .node(
                        "work",
                        runtime(WRITE).build().agent("worker").reads(Bench.TASK).writes(Bench.RESULT))
                .start("work")
                .build();
    }

    @Test
    void of_a_very_long_one_is_the_beginning() throws Exception {
        String content = "x\\n".repeat(3_000);
        String told = diff(bench.run(runtime("{Write: {file_path: b.txt, content: \"" + content + "\"}}")));
        assertThat(told.lines()).hasSize(1_001).endsWith("… and 2003 more lines");
        String wide = "y".repeat(50_000) + "\\n" + "z".repeat(50_000);
        assertThat(diff(bench.run(runtime("{Write: {file_path: b.txt, content: \"" + wide + "\"}}")))
                        .lines())
                .hasSize(5)
                .endsWith("… and 2 more lines");
    }

    @Test
    void was_not_recorded_by_earlier_versions() {
        Json ruling = Json.parse("{\"behavior\":\"ASK\",\"rule\":\"r\",\"source\":\"s\",\"reason\":\"w\"}");
        assertThat(ruling.as(Ruling.class).change()).isEmpty();
        assertThat(Json.of(ruling.as(Ruling.class))).isEqualTo(ruling);
    }
}
