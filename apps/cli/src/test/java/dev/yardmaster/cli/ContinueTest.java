package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.cli.Calls.Said;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.RunQuery;
import dev.yardmaster.journal.jdbc.SqliteJournal;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code do --continue RUN}: every call opens the store anew, as another process does. */
@Timeout(120)
class ContinueTest {

    private static final String SCRIPT = """
            version: 1
            agents:
              builder:
                - call: {Write: {file_path: shed.txt, content: "four walls\\n"}}
                  capture: {built: "shed.txt"}
                - say: "The shed is there."
                - call: {Edit: {file_path: shed.txt, old_string: "four walls", new_string: "a door"}}
                - say: "The door is in ${built}."
                - say: "Nothing is missing."
              painter:
                - {say: one}
                - {say: two}
                - say: "I have read what was built."
            """;

    @TempDir
    Path temporary;

    private Calls calls;

    @BeforeEach
    void here() throws IOException {
        calls = new Calls(temporary);
        agent("builder", "build a shed");
        agent("painter", "paint and varnish");
        calls.file("shed.yaml", SCRIPT);
        Files.createDirectories(calls.folder().resolve("garden"));
    }

    private void agent(String name, String description) throws IOException {
        calls.file("team/" + name + ".md", """
                ---
                name: %s
                description: %s
                tools: Read, Write, Edit
                ---
                You build.
                """.formatted(name, description));
    }

    private Said build(String... more) {
        var all = new ArrayList<>(List.of("do", "build a shed", "--agents", "team", "--workspace", "garden"));
        all.addAll(List.of("--model", "script:shed.yaml"));
        all.addAll(List.of(more));
        return calls.call(all.toArray(String[]::new));
    }

    /** A script that says the same, whatever came of its calls. */
    private void capturesNothing() throws IOException {
        calls.file(
                "shed.yaml",
                SCRIPT.replace("capture: {built: \"shed.txt\"}", "").replace("${built}", "it"));
    }

    private String newest() {
        return calls.call("runs").out().lines().findFirst().orElseThrow().split(" ")[0];
    }

    private String words(Said said) {
        return (said.out() + said.err()).replaceAll("\\s+", " ");
    }

    @Test
    void the_same_specialist_goes_on_with_what_was_said_in_the_same_workspace() {
        assertThat(build("--yes").exit()).isZero();
        String first = newest();

        Said second = calls.call("do", "hang a coat rack", "--continue", first, "--yes");
        assertThat(second.exit()).as(words(second)).isZero();
        assertThat(words(second))
                .contains("Route builder")
                .contains("goes on from its work in run " + first)
                .contains("The door is in shed.txt."); // captured in the first run
        assertThat(calls.folder().resolve("garden/shed.txt")).hasContent("a door");
        assertThat(words(calls.call("show"))).contains("hang a coat rack").contains("goes on from run " + first);

        assertThat(words(calls.call("do", "what is missing?", "--continue", "last")))
                .contains("Nothing is missing.");
        assertThat(words(calls.call("show", first))).doesNotContain("goes on from");
    }

    @Test
    void what_was_allowed_for_the_earlier_task_is_not_allowed_for_the_next_which_waits_and_is_resumed() {
        build("--yes");
        Said second = calls.call("do", "put in a door", "--continue", "last");
        assertThat(second.exit()).as(words(second)).isEqualTo(3);
        String run = newest();
        calls.call("answer", run, "1", "allow");
        Said done = calls.call("resume", run);
        assertThat(done.exit()).as(words(done)).isZero();
        assertThat(words(done)).contains("The door is in shed.txt.");
    }

    @Test
    void what_was_denied_for_the_earlier_task_stays_denied() throws IOException {
        capturesNothing();
        build("--yes", "--deny", "Edit");
        assertThat(words(calls.call("do", "put in a door", "--continue", "last", "--yes")))
                .contains("1 denied");
    }

    @Test
    void another_specialist_who_is_named_reads_what_was_said() {
        build("--yes");
        assertThat(words(calls.call("do", "@painter what was built?", "--continue", "last")))
                .contains("Done by painter")
                .contains("I have read what was built.");
    }

    @Test
    void a_run_that_was_cancelled_is_gone_on_from_as_far_as_it_went() throws IOException {
        capturesNothing();
        build();
        calls.call("cancel", newest());
        Said next = calls.call("do", "go on", "--continue", "last");
        assertThat(words(next)).contains("The shed is there.");
    }

    @Nested
    class Nothing_is_begun_and_the_way_out_is_told {

        private void refused(String run, String... words) {
            String before = calls.call("runs").out().lines().findFirst().orElse("");
            Said said = calls.call("do", "put in a door", "--continue", run);
            assertThat(said.exit()).as(words(said)).isEqualTo(2);
            assertThat(words(said)).contains(words);
            assertThat(calls.call("runs").out().lines().findFirst().orElse("").split(" ")[0])
                    .isEqualTo(before.split(" ")[0]);
        }

        @Test
        void for_an_unknown_run() {
            build("--yes");
            String run = newest();
            char other = run.endsWith("a") ? 'b' : 'a';
            refused(run.substring(0, run.length() - 1) + other, "did you mean '" + run + "'?");
            refused("nobody", "no run 'nobody' here", "the newest are " + run, "yardmaster runs");
        }

        @Test
        void for_a_run_that_waits() {
            build();
            refused("last", "waits", "yardmaster show", "yardmaster resume " + newest(), "yardmaster cancel");
        }

        @Test
        void for_a_specialist_that_is_gone() throws IOException {
            build("--yes");
            Files.delete(calls.folder().resolve("team/builder.md"));
            refused("last", "there is no agent 'builder'", "--agents");
        }

        @Test
        void for_a_task_in_which_nobody_began_to_work() throws Exception {
            calls.call("do", "build a shed", "--agents", "team", "--model", "script:shed.yaml", "--yes", "--json");
            Journal journal = store();
            try (var orchestrator = Orchestrator.builder().journal(journal).build()) {
                var options = RunOptions.defaults().withLabel("call", callOf(journal));
                orchestrator
                        .start(idle("do", new CountDownLatch(0)), State.empty(), options)
                        .await();
            }
            refused("last", "no agent began to work");
        }

        @Test
        void for_what_a_program_ran_and_for_what_runs_still() throws Exception {
            build("--yes");
            var done = new CountDownLatch(1);
            Journal journal = store();
            try (var orchestrator = Orchestrator.builder().journal(journal).build()) {
                var program = orchestrator.start(idle("orders", new CountDownLatch(0)), State.empty());
                program.await();
                refused(program.id().value(), "started by a program", "without --continue");

                var options = RunOptions.defaults().withLabel("call", callOf(journal));
                var running = orchestrator.start(idle("do", done), State.empty(), options);
                refused(running.id().value(), "still running", "yardmaster cancel");
                done.countDown();
                running.await();
            }
        }

        private Journal store() {
            return SqliteJournal.builder(calls.folder().resolve(".yardmaster/runs.db"))
                    .open();
        }

        private String callOf(Journal journal) {
            return journal.runs(RunQuery.all()).stream()
                    .flatMap(run -> run.labels().entrySet().stream())
                    .filter(label -> label.getKey().equals("call"))
                    .findFirst()
                    .orElseThrow()
                    .getValue();
        }

        private Graph idle(String name, CountDownLatch until) {
            return Graph.builder(name)
                    .node("wait", (state, context) -> {
                        until.await();
                        return Update.none();
                    })
                    .start("wait")
                    .build();
        }
    }

    @Test
    void from_another_folder_of_the_repository_the_earlier_places_are_found() throws IOException {
        Files.createDirectories(calls.folder().resolve(".git"));
        build("--yes");
        Files.createDirectories(calls.folder().resolve("docs"));
        Said said = calls.in("docs").call("do", "put in a door", "--continue", "last", "--yes");
        assertThat(said.exit()).as(words(said)).isZero();
        assertThat(calls.folder().resolve("garden/shed.txt")).hasContent("a door");
    }
}
