package dev.yardmaster.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.InvalidArgumentsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class GrepToolTest {

    @TempDir
    Path folder;

    Bench bench;

    @BeforeEach
    void open() {
        bench = Bench.on(folder);
    }

    String grep(Object... arguments) throws Exception {
        return bench.text("Grep", arguments);
    }

    @Nested
    class Its_answer {

        @BeforeEach
        void files() throws Exception {
            bench.file("a.py", "import os\nx = 1\ny = x + x\n");
            bench.file("lib/b.py", "x = 2\n");
            bench.file("c.txt", "X marks\n");
        }

        @Test
        void is_the_names_of_files_unless_told_otherwise() throws Exception {
            assertThat(grep("pattern", "x")).isEqualTo("a.py\nlib/b.py");
        }

        @Test
        void is_matching_lines_with_their_numbers() throws Exception {
            assertThat(grep("pattern", "x =", "output_mode", "content")).isEqualTo("a.py:2:x = 1\nlib/b.py:1:x = 2");
            assertThat(grep("pattern", "x =", "output_mode", "content", "-n", false))
                    .isEqualTo("a.py:x = 1\nlib/b.py:x = 2");
        }

        @Test
        void is_counts_of_lines_and_their_sum() throws Exception {
            assertThat(grep("pattern", "x", "output_mode", "count"))
                    .isEqualTo("a.py:2\nlib/b.py:1\n(3 matches in 2 files)");
            assertThat(grep("pattern", "x", "output_mode", "count", "head_limit", 1))
                    .isEqualTo("a.py:2\n(1 more; go on with offset 1)\n(3 matches in 2 files)");
        }

        @Test
        void is_only_what_matched() throws Exception {
            assertThat(grep("pattern", "[xy] =?", "output_mode", "content", "-o", true))
                    .isEqualTo("a.py:2:x =\na.py:3:y =\na.py:3:x \nlib/b.py:1:x =");
        }

        @Test
        void holds_lines_around_a_match() throws Exception {
            bench.file("d.log", "1\n2\nhit\n4\n5\n6\n7\n8\nhit\n");
            assertThat(grep("pattern", "hit", "path", "d.log", "output_mode", "content", "-C", 1))
                    .isEqualTo("d.log-2-2\nd.log:3:hit\nd.log-4-4\n--\nd.log-8-8\nd.log:9:hit");
            assertThat(grep(
                            "pattern",
                            "hit",
                            "path",
                            "d.log",
                            "output_mode",
                            "content",
                            "-B",
                            1,
                            "-A",
                            0,
                            "context",
                            5))
                    .isEqualTo("d.log-2-2\nd.log:3:hit\n--\nd.log-8-8\nd.log:9:hit");
        }

        @Test
        void ignores_case_when_told_to() throws Exception {
            assertThat(grep("pattern", "x MARKS", "-i", true)).isEqualTo("c.txt");
        }

        @Test
        void is_for_files_of_a_kind() throws Exception {
            assertThat(grep("pattern", "(?i)x", "glob", "*.txt")).isEqualTo("c.txt");
            assertThat(grep("pattern", "(?i)x", "glob", "lib/**")).isEqualTo("lib/b.py");
            assertThat(grep("pattern", "(?i)x", "type", "py")).isEqualTo("a.py\nlib/b.py");
            assertThat(grep("pattern", "x", "path", "lib")).isEqualTo("lib/b.py");
        }

        @Test
        void comes_in_pages() throws Exception {
            assertThat(grep("pattern", "(?i)x", "head_limit", 1)).isEqualTo("a.py\n(2 more; go on with offset 1)");
            assertThat(grep("pattern", "(?i)x", "head_limit", 1, "offset", 2)).isEqualTo("lib/b.py");
            assertThat(grep("pattern", "(?i)x", "offset", 3)).isEqualTo("No entries from offset 3 on; there are 3");
        }

        @Test
        void has_250_entries_unless_told_otherwise() throws Exception {
            bench.file("many.txt", "needle\n".repeat(400));
            assertThat(grep("pattern", "needle", "output_mode", "content").lines())
                    .hasSize(251)
                    .endsWith("(150 more; go on with offset 250)");
            assertThat(grep("pattern", "needle", "output_mode", "content", "head_limit", 0)
                            .lines())
                    .hasSize(400);
        }

        @Test
        void is_bounded_even_when_no_limit_is_wanted() throws Exception {
            bench.file("big.txt", ("x".repeat(2_000) + "\n").repeat(500));
            String text = grep("pattern", "x+", "output_mode", "content", "head_limit", 0, "path", "big.txt");
            assertThat(text).hasSizeLessThan(103_000).contains("… (line cut)").contains("more; go on with offset");
        }

        @Test
        void spans_lines_when_told_to() throws Exception {
            assertThat(grep("pattern", "os.*y", "multiline", true, "output_mode", "content"))
                    .isEqualTo("a.py:1:import os\na.py:2:x = 1\na.py:3:y = x + x");
            assertThat(grep("pattern", "os.*y")).isEqualTo("No matches found");
        }

        @Test
        void says_that_there_is_nothing() throws Exception {
            assertThat(grep("pattern", "zzz")).isEqualTo("No matches found");
            assertThat(bench.problem("Grep", "pattern", "x", "path", "nope")).contains("'nope' does not exist");
        }
    }

    @Test
    void leaves_out_what_gitignore_leaves_out_but_not_hidden_files() throws Exception {
        bench.file(".gitignore", "*.log\n/build/\n!keep.log\n# comment\n");
        bench.file("lib/.gitignore", "generated.py\n");
        for (String name : new String[] {
            "a.log",
            "keep.log",
            "build/x.py",
            "src/build/y.py",
            "lib/generated.py",
            "generated.py",
            ".hidden",
            ".git/config"
        }) {
            bench.file(name, "needle");
        }
        assertThat(grep("pattern", "needle")).isEqualTo(".hidden\ngenerated.py\nkeep.log\nsrc/build/y.py");
    }

    @Test
    void searches_an_ignored_file_that_is_named() throws Exception {
        bench.file(".gitignore", "*.log\n");
        bench.file("a.log", "needle");
        assertThat(grep("pattern", "needle", "path", "a.log")).isEqualTo("a.log");
    }

    @Test
    void passes_over_binary_files_and_links(@TempDir Path outside) throws Exception {
        bench.file("a.bin", new byte[] {'n', 'e', 'e', 'd', 'l', 'e', 0});
        Files.writeString(outside.resolve("secret"), "needle");
        Files.createSymbolicLink(bench.root.resolve("out"), outside);
        Files.createSymbolicLink(bench.root.resolve("file"), outside.resolve("secret"));
        assertThat(grep("pattern", "needle")).isEqualTo("No matches found");
    }

    @Test
    void does_not_look_into_what_may_not_be_read() throws Exception {
        bench.file(".env", "KEY=needle");
        bench.file("a.txt", "needle");
        var careful = Bench.on(
                folder,
                access ->
                        !(access instanceof Access.Reads reads && reads.target().endsWith(".env")));
        assertThat(careful.text("Grep", "pattern", "needle")).isEqualTo("a.txt");
    }

    @Test
    void says_what_is_wrong_with_a_pattern_and_never_that_nothing_was_found() {
        assertThatExceptionOfType(InvalidArgumentsException.class)
                .isThrownBy(() -> grep("pattern", "(unclosed"))
                .withMessageContaining("'(unclosed' is no regular expression")
                .withMessageContaining("missing closing");
        assertThatExceptionOfType(InvalidArgumentsException.class).isThrownBy(() -> grep("pattern", "a(?=b)"));
        assertThatExceptionOfType(InvalidArgumentsException.class)
                .isThrownBy(() -> grep("pattern", "x", "type", "pyton"))
                .withMessageContaining("there is no file type 'pyton'");
        assertThatExceptionOfType(InvalidArgumentsException.class)
                .isThrownBy(() -> grep("pattern", "x", "output_mode", "lines"))
                .withMessageContaining("'output_mode' has to be one of");
        assertThatExceptionOfType(InvalidArgumentsException.class).isThrownBy(() -> grep("pattern", "x", "glob", "{a"));
    }

    @Test
    void refuses_a_pattern_that_is_nested_too_deep() {
        assertThatExceptionOfType(InvalidArgumentsException.class)
                .isThrownBy(() -> grep("pattern", "(".repeat(20_000) + "a" + ")".repeat(20_000)));
    }

    @Test
    void searches_a_large_file_piece_by_piece_and_says_where_it_needs_the_whole() throws Exception {
        bench.file("big.txt", ("x".repeat(99) + "\n").repeat(120_000) + "a needle\nend\n");
        assertThat(grep("pattern", "needle$", "output_mode", "content", "-B", 1, "-A", 1, "path", "big.txt"))
                .isEqualTo("big.txt-120000-" + "x".repeat(99) + "\nbig.txt:120001:a needle\nbig.txt-120002-end");
        assertThat(grep("pattern", "needle", "multiline", true, "path", "big.txt"))
                .contains("(not searched across lines, because larger than 10485760 bytes: big.txt)");
    }

    @Test
    @Timeout(10)
    void takes_its_time_with_no_pattern() throws Exception {
        bench.file("x.txt", "x".repeat(120) + "\n" + " ".repeat(60_000) + "x\n" + "ab".repeat(20_000) + "\n");
        assertThat(grep("pattern", "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)[^z]z$")).isEqualTo("No matches found");
        assertThat(grep("pattern", "\\s+$")).isEqualTo("No matches found");
        assertThat(grep("pattern", "^(a|b)*$")).isEqualTo("x.txt");
    }

    @Test
    void stops_when_the_run_is_cancelled() throws Exception {
        bench.file("a.txt", "x");
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> grep("pattern", "x"));
        assertThat(Thread.interrupted()).isFalse();
    }
}
