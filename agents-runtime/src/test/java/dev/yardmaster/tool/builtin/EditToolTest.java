package dev.yardmaster.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.tool.ToolResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditToolTest {

    @TempDir
    Path folder;

    Bench bench;

    @BeforeEach
    void open() {
        bench = Bench.on(folder);
    }

    void read(String name, String content) throws Exception {
        bench.file(name, content);
        bench.text("Read", "file_path", name);
    }

    String edit(String old, String fresh) throws Exception {
        return bench.run("Edit", "file_path", "a.txt", "old_string", old, "new_string", fresh)
                .forModel();
    }

    @Test
    void replaces_a_text_that_occurs_once() throws Exception {
        read("a.txt", "one\ntwo\nthree\n");
        assertThat(edit("two", "2")).isEqualTo("Edited a.txt");
        assertThat(bench.content("a.txt")).isEqualTo("one\n2\nthree\n");
    }

    @Test
    void takes_every_character_for_itself() throws Exception {
        read("a.txt", "f(.*) $1 \\n [a-z]+\n");
        edit("(.*) $1 \\n", "$0 \\1 ($2)");
        assertThat(bench.content("a.txt")).isEqualTo("f$0 \\1 ($2) [a-z]+\n");
    }

    @Test
    void needs_the_file_to_be_read_first() throws Exception {
        bench.file("a.txt", "one\n");
        assertThat(edit("one", "1")).isEqualTo("Rejected: 'a.txt' exists and was not read; read it first");
        assertThat(bench.content("a.txt")).isEqualTo("one\n");
    }

    @Test
    void does_not_choose_among_several_places() throws Exception {
        read("a.txt", "x = 1\ny = 1\n");
        assertThat(edit("= 1", "= 2")).contains("occurs 2 times").contains("replace_all");
        assertThat(bench.content("a.txt")).isEqualTo("x = 1\ny = 1\n");
    }

    @Test
    void counts_places_that_overlap() throws Exception {
        read("a.txt", "a--- b\n");
        assertThat(edit("--", "+")).contains("occurs 2 times");
    }

    @Test
    void replaces_all_when_told_to() throws Exception {
        read("a.txt", "x = 1\ny = 1\n");
        assertThat(bench.text(
                        "Edit", "file_path", "a.txt", "old_string", "= 1", "new_string", "= 2", "replace_all", "true"))
                .isEqualTo("Edited a.txt (2 occurrences)");
        assertThat(bench.content("a.txt")).isEqualTo("x = 2\ny = 2\n");
    }

    @Test
    void says_where_the_text_nearly_is() throws Exception {
        read("a.txt", "def f():\n\treturn 1\n");
        assertThat(edit("    return 1", "    return 2"))
                .contains("does not occur in 'a.txt'")
                .contains("line 2 is the same but for blanks")
                .contains("\"\treturn 1\"");
        assertThat(edit("return 3", "x")).contains("read the file again and copy the text exactly");
    }

    @Test
    void says_when_nothing_would_change() throws Exception {
        read("a.txt", "one\n");
        assertThat(edit("one", "one")).contains("are the same");
        assertThat(edit("", "x")).contains("old_string is empty");
    }

    @Test
    void can_take_text_away() throws Exception {
        read("a.txt", "one\ntwo\n");
        edit("two\n", "");
        assertThat(bench.content("a.txt")).isEqualTo("one\n");
    }

    @Test
    void keeps_carriage_returns_that_the_model_does_not_see() throws Exception {
        read("a.txt", "one\r\ntwo\r\nthree\r\n");
        edit("one\ntwo", "1\n2\n2b");
        assertThat(bench.content("a.txt")).isEqualTo("1\r\n2\r\n2b\r\nthree\r\n");
    }

    @Test
    void keeps_mixed_line_ends_as_they_are() throws Exception {
        read("a.txt", "one\r\ntwo\nthree\r\n");
        edit("two", "2");
        assertThat(bench.content("a.txt")).isEqualTo("one\r\n2\nthree\r\n");
    }

    @Test
    void keeps_blanks_at_line_ends_curly_quotes_and_the_missing_last_line_end() throws Exception {
        read("a.txt", "two blanks  \n“quoted” ‘it’\nend");
        edit("quoted", "cited");
        assertThat(bench.content("a.txt")).isEqualTo("two blanks  \n“cited” ‘it’\nend");
    }

    @Test
    void keeps_the_mode_and_the_encoding() throws Exception {
        Path file = bench.file("a.txt", "café au lait\n".getBytes(StandardCharsets.ISO_8859_1));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx--x--x"));
        bench.text("Read", "file_path", "a.txt");
        edit("lait", "naïf");
        assertThat(Files.readAllBytes(file)).isEqualTo("café au naïf\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rwx--x--x");
        assertThat(edit("naïf", "→")).contains("ISO-8859-1").contains("convert the file");
        assertThat(Files.readAllBytes(file)).isEqualTo("café au naïf\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void goes_on_with_what_it_wrote_itself() throws Exception {
        read("a.txt", "one\n");
        edit("one", "two");
        assertThat(edit("two", "three")).isEqualTo("Edited a.txt");
    }

    @Test
    void changes_lines_that_were_read_in_a_long_file_and_no_others() throws Exception {
        bench.file("a.txt", ReadToolTest.lines(1, 5_000));
        bench.text("Read", "file_path", "a.txt", "offset", 3_000, "limit", 10);
        assertThat(edit("line 4000", "x")).contains("line 4000, which you have not read");
        assertThat(edit("line 3005\n", "line 3005\nline 3005b\n")).isEqualTo("Edited a.txt");
        assertThat(edit("line 3005b", "inserted")).isEqualTo("Edited a.txt");
        assertThat(edit("line 3009", "still seen")).isEqualTo("Edited a.txt");
        assertThat(edit("line 3010", "never seen")).contains("line 3011, which you have not read");
        assertThat(bench.content("a.txt")).contains("line 3005\ninserted\nline 3006\n");
    }

    @Test
    void may_change_a_file_that_changed_elsewhere_and_says_so() throws Exception {
        read("a.txt", "one\ntwo\n");
        bench.file("a.txt", "zero\none\ntwo\n");
        assertThat(edit("two", "2")).isEqualTo("Edited a.txt; note that it had changed on disk since you read it");
        assertThat(bench.content("a.txt")).isEqualTo("zero\none\n2\n");
        assertThat(edit("three", "3")).contains("has changed on disk since you read it");
    }

    @Test
    void says_that_a_file_is_missing() throws Exception {
        assertThat(bench.run("Edit", "file_path", "a.txt", "old_string", "a", "new_string", "b"))
                .isInstanceOf(ToolResult.Failed.class)
                .extracting(ToolResult::forModel)
                .asString()
                .contains("'a.txt' is missing")
                .contains("Write");
    }
}
