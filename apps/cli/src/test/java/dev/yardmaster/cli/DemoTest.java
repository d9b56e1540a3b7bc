package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.yardmaster.cli.Calls.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code demo}: the main job, offline. */
@Timeout(180)
class DemoTest {

    @TempDir
    Path temporary;

    private Calls calls;

    @BeforeEach
    void here() throws IOException, InterruptedException {
        calls = new Calls(temporary);
        boolean python;
        try {
            python = new ProcessBuilder("python3", "-c", "import sqlite3")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            python = false;
        }
        assumeTrue(python, "python3 with sqlite3 is not installed");
    }

    @Test
    void shows_route_diff_times_tests_checklist_calls_tokens_and_how_to_check_and_a_second_run_starts_clean()
            throws IOException {
        Said first = calls.call("demo");
        Path stray = Files.writeString(calls.folder().resolve("yardmaster-demo/stray.txt"), "x");
        Said second = calls.call("demo");

        assertThat(first.exit()).as(first.err() + first.out()).isZero();
        assertThat(second.exit()).as(second.err() + second.out()).isZero();
        assertThat(stray).doesNotExist();
        assertThat(second.out())
                .contains("The model is a script")
                .contains("→ backend-engineer")
                .contains("runner-up")
                .contains("example: \"This query is taking 5 seconds, can you optimize it?\"")
                .contains("+++ b/app/report.py")
                .containsPattern("before +[0-9.]+ s  \\(call 3\\.1\\)")
                .containsPattern("after +[0-9.]+ s  \\(call 9\\.1\\)")
                .contains("Tests  5 passed  (call 11.1)")
                .contains("Checklist  8 done, 1 does not apply")
                .contains("7.1 Edit app/report.py")
                .contains("Tool calls  16")
                .contains("(scripted: figures of the script")
                .contains("cd yardmaster-demo");
        assertThat(calls.folder().resolve("yardmaster-demo/migrations/002_report_indexes.sql"))
                .exists();
    }

    @Test
    void leaves_a_folder_alone_that_somebody_else_made() throws IOException {
        calls.file("yardmaster-demo/thesis.txt", "years of work");
        Said said = calls.call("demo");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err().replaceAll("\\s+", " ")).contains("was not made by the demo");
    }

    @Test
    void a_pace_that_makes_no_sense_is_refused_before_anything_is_made() {
        Said said = calls.call("demo", "--pace", "-1");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("--pace takes 0 to 60 seconds, not -1");
        assertThat(calls.folder().resolve("yardmaster-demo")).doesNotExist();
    }
}
