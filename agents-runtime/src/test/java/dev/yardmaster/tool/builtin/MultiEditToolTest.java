package dev.yardmaster.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.tool.InvalidArgumentsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MultiEditToolTest {

    @TempDir
    Path folder;

    Bench bench;

    @BeforeEach
    void open() {
        bench = Bench.on(folder);
    }

    static Object edit(String old, String fresh) {
        return Map.of("old_string", old, "new_string", fresh);
    }

    String edits(Object... edits) throws Exception {
        return bench.run("MultiEdit", "file_path", "a.txt", "edits", List.of(edits))
                .forModel();
    }

    void read(String content) throws Exception {
        bench.file("a.txt", content);
        bench.text("Read", "file_path", "a.txt");
    }

    @Test
    void makes_each_edit_in_what_the_one_before_it_left() throws Exception {
        read("one\r\ntwo\r\n");
        assertThat(edits(edit("one", "first\nand"), edit("and\ntwo", "second"))).isEqualTo("Edited a.txt (2 edits)");
        assertThat(bench.content("a.txt")).isEqualTo("first\r\nsecond\r\n");
    }

    @Test
    void makes_none_when_one_of_them_cannot_be_made() throws Exception {
        read("one\ntwo\n");
        assertThat(edits(edit("one", "1"), edit("three", "3"), edit("two", "2")))
                .isEqualTo("Rejected: edit 2 of 3: old_string does not occur in 'a.txt'; read the file again and copy"
                        + " the text exactly. None of the edits was made");
        assertThat(bench.content("a.txt")).isEqualTo("one\ntwo\n");
        assertThat(edits(edit("two", "2")))
                .as("nothing was taken for seen that is not there")
                .isEqualTo("Edited a.txt");
    }

    @Test
    void needs_texts_to_be_read_first_and_to_occur_once() throws Exception {
        bench.file("a.txt", "x = 1\ny = 1\n");
        assertThat(edits(edit("x", "z"))).contains("was not read; read it first");
        bench.text("Read", "file_path", "a.txt");
        assertThat(edits(edit("x", "z"), edit("= 1", "= 2"))).contains("edit 2 of 2", "occurs 2 times");
        assertThat(edits(edit("x", "z"), Map.of("old_string", "= 1", "new_string", "= 2", "replace_all", "true")))
                .isEqualTo("Edited a.txt (2 edits, 3 occurrences)");
        assertThat(bench.content("a.txt")).isEqualTo("z = 2\ny = 2\n");
    }

    @Test
    void knows_the_lines_that_it_wrote_itself_and_no_others() throws Exception {
        bench.file("a.txt", ReadToolTest.lines(1, 5_000));
        bench.text("Read", "file_path", "a.txt", "offset", 3_000, "limit", 10);
        assertThat(edits(edit("line 3005\n", "line 3005\nfresh\n"), edit("fresh", "own"), edit("line 3010", "x")))
                .contains("edit 3 of 3: old_string is in line 3011, which you have not read");
        assertThat(edits(edit("line 3005\n", "line 3005\nfresh\n"), edit("fresh", "own"), edit("line 3009", "seen")))
                .isEqualTo("Edited a.txt (3 edits)");
        assertThat(edits(edit("seen", "seen again"))).isEqualTo("Edited a.txt");
    }

    @Test
    void says_what_is_wrong_with_any_of_the_edits() {
        assertThatExceptionOfType(InvalidArgumentsException.class)
                .isThrownBy(() -> edits(edit("a", "b"), Map.of("old_string", "c", "new", "d")))
                .withMessageContaining("there is no parameter 'edits[1].new'")
                .withMessageContaining("the parameter 'edits[1].new_string' is missing");
        assertThatExceptionOfType(InvalidArgumentsException.class)
                .isThrownBy(this::edits)
                .withMessageContaining("'edits' needs at least 1 element");
    }

    @Test
    void takes_edits_that_are_written_as_a_text() throws Exception {
        read("one\n");
        bench.text("MultiEdit", "file_path", "a.txt", "edits", "[{\"old_string\":\"one\",\"new_string\":\"1\"}]");
        assertThat(bench.content("a.txt")).isEqualTo("1\n");
    }
}
