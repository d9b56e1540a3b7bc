package dev.yardmaster.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.tool.InvalidArgumentsException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadToolTest {

    @TempDir
    Path folder;

    Bench bench;

    @BeforeEach
    void open() {
        bench = Bench.on(folder);
    }

    static String lines(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "line " + i).collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    void shows_lines_with_their_numbers() throws Exception {
        bench.file("a.txt", "hello a\nworld\n");
        assertThat(bench.text("Read", "file_path", "a.txt")).isEqualTo("     1\thello a\n     2\tworld\n");
    }

    @Test
    void numbers_lines_in_plain_digits_whatever_the_locale() throws Exception {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            bench.file("a.txt", "hello\n");
            assertThat(bench.text("Read", "file_path", "a.txt")).isEqualTo("     1\thello\n");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void takes_absolute_paths() throws Exception {
        Path file = bench.file("a.txt", "hello\n");
        assertThat(bench.text("Read", "file_path", file.toString())).contains("hello");
    }

    @Test
    void shows_a_range_and_says_what_is_left() throws Exception {
        bench.file("a.txt", lines(1, 10));
        assertThat(bench.text("Read", "file_path", "a.txt", "offset", 3, "limit", 2))
                .isEqualTo("     3\tline 3\n     4\tline 4\n(PARTIAL view: lines 3 to 4 of 10; go on with offset 5)\n");
    }

    @Test
    void takes_numbers_written_as_text_or_with_a_decimal_point() throws Exception {
        bench.file("a.txt", lines(1, 10));
        assertThat(bench.text("Read", "file_path", "a.txt", "offset", " +9 ", "limit", 5.0))
                .isEqualTo("     9\tline 9\n    10\tline 10\n");
    }

    @Test
    void starts_at_the_first_line_for_an_offset_below_it() throws Exception {
        bench.file("a.txt", lines(1, 2));
        assertThat(bench.text("Read", "file_path", "a.txt", "offset", -5)).startsWith("     1\t");
    }

    @Test
    void shows_2000_lines_unless_told_otherwise() throws Exception {
        bench.file("a.txt", lines(1, 2_500));
        assertThat(bench.text("Read", "file_path", "a.txt"))
                .contains("  2000\tline 2000\n")
                .doesNotContain("line 2001")
                .endsWith("(PARTIAL view: lines 1 to 2000 of 2500; go on with offset 2001)\n");
    }

    @Test
    void ends_a_page_of_long_lines_at_about_25000_tokens() throws Exception {
        bench.file("a.txt", ("x".repeat(1_000) + "\n").repeat(500));
        String text = bench.text("Read", "file_path", "a.txt", "limit", 500);
        assertThat(text.length()).isBetween(100_000, 102_000);
        assertThat(text).contains("PARTIAL view");
    }

    @Test
    void cuts_long_lines_and_says_how_long_they_are() throws Exception {
        bench.file("a.txt", "x".repeat(2_000) + "\n" + "y".repeat(2_001) + "\n" + "é".repeat(9_000) + "\n");
        String[] shown = bench.text("Read", "file_path", "a.txt").split("\n");
        assertThat(shown[0]).isEqualTo("     1\t" + "x".repeat(2_000));
        assertThat(shown[1]).isEqualTo("     2\t" + "y".repeat(2_000) + " … (line cut: 2001 characters)");
        assertThat(shown[2]).isEqualTo("     3\t" + "é".repeat(2_000) + " … (line cut: 9000 characters)");
    }

    @Test
    void goes_through_one_huge_line_without_holding_it() throws Exception {
        Path file = bench.root.resolve("huge.txt");
        try (var out = Files.newOutputStream(file)) {
            byte[] piece = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 200; i++) {
                out.write(piece);
            }
        }
        assertThat(bench.text("Read", "file_path", "huge.txt"))
                .hasSizeLessThan(2_100)
                .endsWith("(line cut: " + 200L * (1 << 20) + " characters)\n");
    }

    @Test
    void says_that_a_file_is_empty() throws Exception {
        bench.file("a.txt", "");
        assertThat(bench.text("Read", "file_path", "a.txt")).isEqualTo("(the file is empty)");
    }

    @Test
    void says_how_many_lines_there_are_when_asked_for_lines_behind_the_end() throws Exception {
        bench.file("a.txt", lines(1, 3));
        assertThat(bench.text("Read", "file_path", "a.txt", "offset", 4))
                .isEqualTo("(the file has 3 lines; there is nothing from line 4 on)");
    }

    @Test
    void leaves_out_byte_order_marks_and_carriage_returns() throws Exception {
        bench.file("a.txt", "\uFEFFone\r\ntwo\r\n");
        assertThat(bench.text("Read", "file_path", "a.txt")).isEqualTo("     1\tone\n     2\ttwo\n");
    }

    @Test
    void shows_the_last_line_that_has_no_end() throws Exception {
        bench.file("a.txt", "one\ntwo");
        assertThat(bench.text("Read", "file_path", "a.txt")).isEqualTo("     1\tone\n     2\ttwo\n");
    }

    @Test
    void reads_bytes_that_are_no_utf_8_as_latin_1() throws Exception {
        bench.file("a.txt", "café\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(bench.text("Read", "file_path", "a.txt")).isEqualTo("     1\tcafé\n");
    }

    @Test
    void does_not_show_binary_files() throws Exception {
        bench.file("a.bin", new byte[] {'x', 3, 4, 0, 0, 1});
        assertThat(bench.problem("Read", "file_path", "a.bin")).contains("'a.bin' is binary");
    }

    @Test
    void says_what_is_wrong_with_folders_and_missing_files() throws Exception {
        assertThat(bench.problem("Read", "file_path", "."))
                .contains("is a folder")
                .contains("Glob");
        assertThat(Bench.on(folder, access -> true).problem("Read", "file_path", "/"))
                .contains("is a folder");
        assertThat(bench.problem("Read", "file_path", "nope.txt")).contains("'nope.txt' is missing");
        bench.file("a.txt", "x");
        assertThat(bench.problem("Read", "file_path", "a.txt/b")).contains("is missing");
    }

    @Test
    void says_what_is_wrong_with_arguments_all_at_once() {
        assertThatExceptionOfType(InvalidArgumentsException.class)
                .isThrownBy(() -> bench.run("Read", "path", "a.txt", "limit", "many"))
                .withMessageContaining("there is no parameter 'path'")
                .withMessageContaining("'limit' has to be of type integer, not \"many\"")
                .withMessageContaining("the parameter 'file_path' is missing");
    }

    @Test
    void refuses_paths_that_deceive_the_eye() {
        for (String path :
                new String[] {"", " ", "a\u0000.md", "a\u001b[2Jb.txt", "src/\u202etxt.hs", "a\u200b.txt", "a\ud800"}) {
            assertThatExceptionOfType(InvalidArgumentsException.class)
                    .as(path)
                    .isThrownBy(() -> bench.run("Read", "file_path", path))
                    .withMessageContaining("file_path");
        }
    }

    @Test
    void stays_inside_unless_it_was_permitted_to_leave(@TempDir Path outside) throws Exception {
        Path secret = Files.writeString(outside.resolve("secret.txt"), "CANARY");
        Files.createSymbolicLink(bench.root.resolve("link"), secret);
        for (String path : new String[] {"link", secret.toString()}) {
            assertThatExceptionOfType(InvalidArgumentsException.class)
                    .isThrownBy(() -> bench.run("Read", "file_path", path))
                    .withMessageContaining("leads elsewhere");
        }
        assertThat(Bench.on(folder, access -> true).text("Read", "file_path", "link"))
                .contains("CANARY");
    }

    @Test
    void does_not_wait_for_a_named_pipe() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", bench.root.resolve("p").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(bench.problem("Read", "file_path", "p")).contains("no regular file");
    }
}
