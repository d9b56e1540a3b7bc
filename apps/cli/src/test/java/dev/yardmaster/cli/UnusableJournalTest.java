package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.cli.Calls.Said;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A journal that cannot be used is told in words, with what to do, and left as it is. */
@Timeout(60)
class UnusableJournalTest {

    private static final List<String> TASK =
            List.of("do", "build a shed", "--agents", "team", "--workspace", "garden", "--model", "script:shed.yaml");

    @TempDir
    Path temporary;

    private Calls calls;
    private Path journal;

    @BeforeEach
    void here() throws IOException {
        calls = new Calls(temporary);
        calls.file("team/builder.md", """
                ---
                name: builder
                description: build a shed
                ---
                You build.
                """);
        calls.file("shed.yaml", """
                version: 1
                agents:
                  builder:
                    - say: "The shed is there."
                """);
        Files.createDirectories(calls.folder().resolve("garden"));
        assertThat(calls.call(TASK.toArray(String[]::new)).exit()).isZero();
        journal = calls.folder().resolve(".yardmaster").resolve("runs.db");
    }

    private void isTold(byte[] content, String... words) throws IOException {
        Files.write(journal, content);
        for (List<String> command : List.of(List.of("runs"), List.of("show", "last"), List.of("resume"), TASK)) {
            Said said = calls.call(command.toArray(String[]::new));
            assertThat(said.exit()).as(command + ": " + said.err()).isEqualTo(1);
            assertThat(said.err().replaceAll("\\s+", " "))
                    .contains("runs.db")
                    .contains(words)
                    .doesNotContain("Exception", "bug in Yardmaster");
        }
        assertThat(Files.readAllBytes(journal)).isEqualTo(content);
        assertThat(calls.folder().resolve("garden")).isEmptyDirectory();
    }

    @Test
    void of_a_newer_version() throws IOException {
        byte[] newer = Files.readAllBytes(journal);
        ByteBuffer.wrap(newer).putInt(60, 99); // SQLite's user_version
        isTold(newer, "has format 99", "Use the version that wrote it, or a newer one", "nothing was changed");
    }

    @Test
    void that_is_damaged() throws IOException {
        byte[] damaged = Files.readAllBytes(journal);
        Arrays.fill(damaged, 4096, damaged.length, (byte) 'x');
        isTold(damaged, "its content is damaged", "Put a backup in its place, or move it away");
    }

    @Test
    void that_is_none() throws IOException {
        isTold("my shopping list".getBytes(), "is no journal", "move the file away to begin a new one");
    }

    @Test
    void whose_folder_is_a_file() throws IOException {
        calls.file("elsewhere/.yardmaster", "mine\n");
        Said said = calls.in("elsewhere").call("do", "build", "--agents", "../team", "--model", "script:../shed.yaml");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err().replaceAll("\\s+", " "))
                .contains("which cannot be made: something of that name is there already")
                .doesNotContain("Exception");
    }

    @Test
    void that_is_empty() throws IOException {
        isTold(new byte[0], "is empty", "put a backup there, or remove it");
    }
}
