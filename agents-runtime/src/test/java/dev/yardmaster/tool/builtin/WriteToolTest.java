package dev.yardmaster.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.tool.InvalidArgumentsException;
import dev.yardmaster.tool.ToolResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteToolTest {

    @TempDir
    Path folder;

    Bench bench;

    @BeforeEach
    void open() {
        bench = Bench.on(folder);
    }

    @Test
    void creates_a_file_and_the_folders_on_the_way() throws Exception {
        assertThat(bench.text("Write", "file_path", "a/b/c.txt", "content", "one\ntwo\n"))
                .isEqualTo("Created a/b/c.txt (2 lines)");
        assertThat(bench.content("a/b/c.txt")).isEqualTo("one\ntwo\n");
    }

    @Test
    void replaces_a_file_only_after_it_was_read() throws Exception {
        bench.file("a.txt", "old\n");
        assertThat(bench.run("Write", "file_path", "a.txt", "content", "new\n"))
                .isEqualTo(new ToolResult.Rejected("'a.txt' exists and was not read; read it first"));
        assertThat(bench.content("a.txt")).isEqualTo("old\n");
        bench.text("Read", "file_path", "a.txt");
        assertThat(bench.text("Write", "file_path", "a.txt", "content", "new\n"))
                .isEqualTo("Replaced a.txt (1 line)");
        assertThat(bench.content("a.txt")).isEqualTo("new\n");
    }

    @Test
    void replaces_what_it_wrote_itself_without_reading_it() throws Exception {
        bench.text("Write", "file_path", "a.txt", "content", "one");
        bench.text("Write", "file_path", "a.txt", "content", "two");
        assertThat(bench.content("a.txt")).isEqualTo("two");
    }

    @Test
    void does_not_replace_a_file_that_was_read_in_part() throws Exception {
        bench.file("a.txt", ReadToolTest.lines(1, 30));
        bench.text("Read", "file_path", "a.txt", "limit", 10);
        assertThat(bench.problem("Write", "file_path", "a.txt", "content", "")).contains("was not read whole");
        bench.text("Read", "file_path", "a.txt", "offset", 11);
        bench.text("Write", "file_path", "a.txt", "content", "short\n");
    }

    @Test
    void does_not_replace_a_file_that_changed_since() throws Exception {
        bench.file("a.txt", "old\n");
        bench.text("Read", "file_path", "a.txt");
        bench.file("a.txt", "somebody else's\n");
        assertThat(bench.problem("Write", "file_path", "a.txt", "content", "new\n"))
                .contains("has changed on disk");
        assertThat(bench.content("a.txt")).isEqualTo("somebody else's\n");
    }

    @Test
    void keeps_line_ends_byte_order_mark_and_mode() throws Exception {
        Path file = bench.file("run.sh", "\uFEFFone\r\ntwo\r\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));
        bench.text("Read", "file_path", "run.sh");
        bench.text("Write", "file_path", "run.sh", "content", "eins\nzwei\n");
        assertThat(bench.content("run.sh")).isEqualTo("\uFEFFeins\r\nzwei\r\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rwxr-x---");
    }

    @Test
    void leaves_nothing_else_behind() throws Exception {
        bench.text("Write", "file_path", "a.txt", "content", "one");
        try (var files = Files.list(bench.root)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("a.txt");
        }
    }

    @Test
    void writes_a_file_whose_name_is_as_long_as_names_can_be() throws Exception {
        String name = "n".repeat(255);
        bench.text("Write", "file_path", name, "content", "x");
        assertThat(bench.content(name)).isEqualTo("x");
    }

    @Test
    void says_what_is_in_the_way() throws Exception {
        bench.file("a.txt", "x");
        Files.createDirectory(bench.root.resolve("dir"));
        assertThat(bench.problem("Write", "file_path", "dir", "content", "x")).contains("'dir' is a folder");
        assertThat(bench.problem("Write", "file_path", "a.txt/b.txt", "content", "x"))
                .contains("'a.txt' is not a folder");
    }

    @Test
    void needs_both_arguments() {
        assertThatExceptionOfType(InvalidArgumentsException.class)
                .isThrownBy(() -> bench.run("Write", "file_path", "a.txt"))
                .withMessage("Write: the parameter 'content' is missing");
    }

    @Test
    void does_not_write_through_a_link_that_leads_out(@TempDir Path outside) throws Exception {
        Files.createSymbolicLink(bench.root.resolve("out"), outside);
        Files.createSymbolicLink(bench.root.resolve("dangling"), outside.resolve("new"));
        for (String path : new String[] {"out/new", "dangling", "../x"}) {
            assertThatExceptionOfType(InvalidArgumentsException.class)
                    .isThrownBy(() -> bench.run("Write", "file_path", path, "content", "x"));
        }
        assertThat(outside).isEmptyDirectory();
    }
}
