package dev.yardmaster.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.tool.InvalidArgumentsException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What file tools make of files and folders that are huge, deep, no text, or meant to do harm. */
@Timeout(120)
class HostileFilesTest {

    @TempDir
    Path folder;

    Bench bench;

    @BeforeEach
    void open() {
        bench = Bench.on(folder);
    }

    private void shell(String script) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", script)
                .directory(bench.root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
    }

    private String edit(String file, String old, String fresh) throws Exception {
        return bench.run("Edit", "file_path", file, "old_string", old, "new_string", fresh)
                .forModel();
    }

    @Nested
    class Things_that_are_no_files {

        @Test
        void are_neither_waited_for_nor_read_without_end() throws Exception {
            shell("mkfifo pipe; ln -s /dev/zero zero; mkdir folder.txt");
            bench = Bench.on(folder, access -> true);
            for (String name : List.of("pipe", "zero", "folder.txt")) {
                String is = name.equals("folder.txt") ? "is a folder" : "is no regular file";
                assertThat(bench.problem("Read", "file_path", name)).contains(is);
                assertThat(bench.problem("Write", "file_path", name, "content", "x"))
                        .contains(is);
                assertThat(edit(name, "a", "b")).contains(is);
                assertThat(bench.problem(
                                "MultiEdit",
                                "file_path",
                                name,
                                "edits",
                                "[{\"old_string\":\"a\",\"new_string\":\"b\"}]"))
                        .contains(is);
            }
            assertThat(bench.problem("Grep", "pattern", "x", "path", "pipe")).contains("no regular file and no folder");
            assertThat(bench.problem("Grep", "pattern", "x", "path", "zero")).contains("no regular file and no folder");
            assertThat(bench.problem("LS", "path", "pipe")).contains("is no folder");
            assertThat(bench.text("Grep", "pattern", "x")).isEqualTo("No matches found");
            assertThat(bench.text("LS")).isEqualTo("folder.txt/\npipe\nzero@");
        }

        @Test
        void of_links_that_go_round_nothing_is_found() throws Exception {
            shell("ln -s b a; ln -s a b; ln -s . self; mkdir sub; ln -s ../sub sub/up; echo needle > sub/x.txt");
            assertThatExceptionOfType(InvalidArgumentsException.class)
                    .isThrownBy(() -> bench.run("Read", "file_path", "a"))
                    .withMessageContaining("goes round in links");
            assertThat(bench.text("Glob", "pattern", "**/*.txt")).isEqualTo("sub/x.txt");
            assertThat(bench.text("Grep", "pattern", "needle")).isEqualTo("sub/x.txt");
            assertThat(bench.text("Read", "file_path", "self/self/sub/up/x.txt"))
                    .contains("needle");
        }
    }

    @Nested
    class Huge_ones {

        @Test
        void of_2_gb_of_nothing_are_binary_and_too_large() throws Exception {
            try (var file = new RandomAccessFile(bench.root.resolve("sparse").toFile(), "rw")) {
                file.setLength(2L << 30);
            }
            bench.file("a.txt", "needle\n");
            assertThat(bench.problem("Read", "file_path", "sparse")).contains("'sparse' is binary");
            assertThat(edit("sparse", "a", "b")).contains("is too large: 2147483648 bytes");
            assertThat(bench.problem("Write", "file_path", "sparse", "content", "x"))
                    .contains("is too large");
            assertThat(bench.text("Grep", "pattern", "needle")).isEqualTo("a.txt");
            assertThat(bench.text("Glob", "pattern", "s*")).isEqualTo("sparse");
        }

        @Test
        void are_searched_and_read_in_little_memory() throws Exception {
            Path file = bench.root.resolve("log.txt");
            byte[] lines = ("x".repeat(99) + "\n").repeat(10_000).getBytes(StandardCharsets.UTF_8);
            try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                for (int i = 0; i < 100; i++) { // 100 MB
                    out.write(ByteBuffer.wrap(lines));
                }
                out.write(ByteBuffer.wrap("the needle\n".getBytes(StandardCharsets.UTF_8)));
            }
            assertThat(bench.text("Grep", "pattern", "needle", "output_mode", "content"))
                    .startsWith("log.txt:1000001:the needle");
            assertThat(bench.text("Read", "file_path", "log.txt", "offset", 1_000_001))
                    .contains("the needle");
        }

        @Test
        void of_one_line_are_cut_where_they_are_shown_and_changed_where_they_are_not() throws Exception {
            bench.file("line.txt", "a".repeat(1 << 20) + " needle");
            assertThat(bench.text("Read", "file_path", "line.txt")).hasSizeLessThan(2_100);
            assertThat(bench.text("Grep", "pattern", "needle", "output_mode", "content"))
                    .hasSizeLessThan(1_100)
                    .contains("(line cut)");
            assertThat(edit("line.txt", " needle", " thread")).startsWith("Edited");
            assertThat(bench.content("line.txt")).endsWith("a thread");
        }

        @Test
        void folders_of_20_000_are_shown_in_part() throws Exception {
            shell("mkdir many; cd many; seq -f 'f%06g.txt' 20000 | xargs touch; echo needle > f015000.txt");
            assertThat(bench.text("LS", "path", "many").lines())
                    .hasSize(1_001)
                    .contains("f000001.txt", "(19000 more; use Glob with a pattern)");
            assertThat(bench.text("Glob", "pattern", "many/*.txt").lines())
                    .hasSize(101)
                    .startsWith("many/f015000.txt")
                    .endsWith("(19900 more; use a narrower pattern)");
            assertThat(bench.text("Grep", "pattern", "needle", "glob", "many/f015*"))
                    .isEqualTo("many/f015000.txt");
        }

        @Test
        void folders_250_deep_are_gone_through() throws Exception {
            String deep = "d/".repeat(250);
            assertThat(bench.text("Write", "file_path", deep + "x.txt", "content", "needle\n"))
                    .startsWith("Created");
            assertThat(bench.text("Glob", "pattern", "**/x.txt")).isEqualTo(deep + "x.txt");
            assertThat(bench.text("Grep", "pattern", "needle")).isEqualTo(deep + "x.txt");
            assertThat(bench.text("Read", "file_path", deep + "x.txt")).contains("needle");
            assertThat(edit(deep + "x.txt", "needle", "thread")).startsWith("Edited");
        }
    }

    @Nested
    class Names {

        @Test
        void that_are_longer_than_can_be_are_said_to_be() {
            for (String path : List.of("n".repeat(256), "ü".repeat(128), "d/".repeat(2_500) + "x")) {
                for (String tool : List.of("Read", "Write")) {
                    assertThatExceptionOfType(InvalidArgumentsException.class)
                            .isThrownBy(() -> {
                                if (tool.equals("Read")) {
                                    bench.run(tool, "file_path", path);
                                } else {
                                    bench.run(tool, "file_path", path, "content", "x");
                                }
                            })
                            .withMessageContaining("longer than file systems take");
                }
            }
        }

        @Test
        void cannot_look_like_other_lines_or_move_the_cursor() throws Exception {
            shell(
                    "for name in $'a\\n(0 more)' $'b\\e[2J' $'c\\u202etxt.d' $'e\\u200bf'; do echo needle > \"$name\"; done");
            for (String text : List.of(
                    bench.text("LS"),
                    bench.text("Glob", "pattern", "*"),
                    bench.text("Grep", "pattern", "needle"),
                    bench.text("Grep", "pattern", "needle", "output_mode", "content"))) {
                assertThat(text.lines()).hasSize(4);
                assertThat(text)
                        .contains("a\\u000a(0 more)", "b\\u001b[2J")
                        .doesNotContain("\u001b", "\u202e", "\u200b");
            }
        }

        @Test
        void that_are_no_text_do_not_hide_the_others() throws Exception {
            shell(
                    "echo needle > $'bad\\xff\\xfe.txt'; echo needle > good.txt; mkdir $'dir\\xff'; echo needle > $'dir\\xff/in.txt'");
            assertThat(bench.text("LS")).contains("good.txt");
            assertThat(bench.text("Glob", "pattern", "**/*.txt")).contains("good.txt");
            assertThat(bench.text("Grep", "pattern", "needle")).contains("good.txt");
        }

        @Test
        void that_may_not_be_read_are_passed_over() throws Exception {
            bench.file("secret/x.txt", "needle");
            bench.file("locked.txt", "needle");
            bench.file("a.txt", "needle");
            for (String each : List.of("secret", "locked.txt")) {
                Files.setPosixFilePermissions(bench.root.resolve(each), PosixFilePermissions.fromString("---------"));
            }
            try {
                Assumptions.assumeFalse(
                        Files.isReadable(bench.root.resolve("locked.txt")), "who runs this may read everything");
                assertThat(bench.text("Grep", "pattern", "needle")).isEqualTo("a.txt");
                assertThat(bench.text("Glob", "pattern", "**/*.txt")).contains("a.txt");
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> bench.run("Read", "file_path", "locked.txt"));
            } finally {
                Files.setPosixFilePermissions(
                        bench.root.resolve("secret"), PosixFilePermissions.fromString("rwx------"));
            }
        }
    }

    @Nested
    class Texts {

        private static byte[] wide(String text) {
            byte[] body = text.getBytes(StandardCharsets.UTF_16LE);
            byte[] all = new byte[body.length + 2];
            all[0] = (byte) 0xFF;
            all[1] = (byte) 0xFE;
            System.arraycopy(body, 0, all, 2, body.length);
            return all;
        }

        @Test
        void in_utf_16_are_searched_to_their_end_whatever_their_size() throws Exception {
            String line = "a needle 😀\r\n";
            bench.file("wide.txt", wide(line.repeat(600_000))); // 14 MB
            assertThat(bench.text("Grep", "pattern", "needle 😀$", "output_mode", "count"))
                    .startsWith("wide.txt:600000\n");
        }

        @Test
        void in_utf_16_are_read_searched_and_changed_as_that() throws Exception {
            Path file = bench.file("wide.txt", wide("grün\r\nrot\r\n"));
            assertThat(bench.text("Read", "file_path", "wide.txt")).isEqualTo("     1\tgrün\n     2\trot\n");
            assertThat(bench.text("Grep", "pattern", "gr.n", "output_mode", "content"))
                    .isEqualTo("wide.txt:1:grün");
            assertThat(edit("wide.txt", "grün\nrot", "blau 😀\nrot")).startsWith("Edited");
            assertThat(Files.readAllBytes(file)).isEqualTo(wide("blau 😀\r\nrot\r\n"));
            assertThat(bench.text("Write", "file_path", "wide.txt", "content", "neu\n"))
                    .startsWith("Replaced");
            assertThat(Files.readAllBytes(file)).isEqualTo(wide("neu\r\n"));
        }

        @Test
        void with_half_characters_lose_no_byte_of_the_rest() throws Exception {
            byte[] half = {'a', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '\n', 'b', '\n'};
            Path file = bench.file("half.txt", half);
            bench.text("Read", "file_path", "half.txt");
            assertThat(edit("half.txt", "b\n", "c\n")).startsWith("Edited");
            byte[] changed = half.clone();
            changed[5] = 'c';
            assertThat(Files.readAllBytes(file)).isEqualTo(changed);
            bench.file("a.txt", "x\n");
            bench.text("Read", "file_path", "a.txt");
            assertThat(edit("a.txt", "x", "\ud800")).contains("has not all characters of new_string");
            assertThat(bench.problem("Write", "file_path", "b.txt", "content", "a\udc00"))
                    .contains("half a character");
            assertThat(bench.problem("Read", "file_path", "b.txt")).contains("is missing");
            byte[] odd = {(byte) 0xFF, (byte) 0xFE, 0, (byte) 0xD8, 'x', 0};
            bench.file("odd.txt", odd);
            assertThat(bench.problem("Read", "file_path", "odd.txt")).contains("is binary");
        }

        @Test
        void keep_the_line_ends_and_the_mark_that_they_have() throws Exception {
            String[][] cases = {
                {"one\r\ntwo\r\n", "two", "2\n3", "one\r\n2\r\n3\r\n"},
                {"one\r\ntwo\nthree", "two", "2", "one\r\n2\nthree"},
                {"one\rtwo\rthree", "two", "2", "one\r2\rthree"},
                {"\uFEFFone\n", "one", "1", "\uFEFF1\n"},
                {"no end", "end", "end", null},
                {"no end", "no end", "end", "end"},
                {"a $1 \\1 [b]+ ^c$", "[b]+ ^c$", "$0 ${x} \\n", "a $1 \\1 $0 ${x} \\n"},
            };
            for (String[] each : cases) {
                bench.file("t.txt", each[0]);
                bench.text("Read", "file_path", "t.txt");
                String said = edit("t.txt", each[1], each[2]);
                assertThat(bench.content("t.txt")).as(said).isEqualTo(each[3] == null ? each[0] : each[3]);
            }
        }

        @Test
        void that_are_empty_can_be_filled() throws Exception {
            bench.file("empty.txt", "");
            assertThat(bench.problem("Write", "file_path", "empty.txt", "content", "x"))
                    .contains("was not read");
            bench.text("Read", "file_path", "empty.txt");
            assertThat(edit("empty.txt", "a", "b")).contains("does not occur");
            assertThat(edit("empty.txt", "", "b")).contains("old_string is empty");
            assertThat(bench.text("Write", "file_path", "empty.txt", "content", "x"))
                    .startsWith("Replaced");
        }

        /** Beyond what is changed. */
        private static final long TOO_LARGE = 20L * 1024 * 1024;

        @Test
        void that_grow_while_they_are_read_have_an_end() throws Exception {
            Path file = bench.file("grows.txt", "x\n".repeat(1 << 20));
            var over = new AtomicBoolean();
            Thread writer = Thread.ofVirtual().start(() -> {
                try (FileChannel out = FileChannel.open(file, StandardOpenOption.APPEND)) {
                    while ((!over.get() || out.size() <= TOO_LARGE) && out.size() < 1L << 30) {
                        out.write(ByteBuffer.wrap("y\n".repeat(1 << 16).getBytes(StandardCharsets.UTF_8)));
                    }
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(bench.text("Read", "file_path", "grows.txt")).contains("PARTIAL view: lines 1 to 2000");
            over.set(true);
            writer.join();
            assertThat(edit("grows.txt", "x\nx", "z")).startsWith("Failed: 'grows.txt' is too large");
        }
    }

    @Nested
    class Other_formats {

        @Test
        void are_named() throws Exception {
            bench.file("a.jpg", new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0});
            bench.file("a.bmp", new byte[] {'B', 'M', 9, 0, 0, 0, 0, 0, 0, 0, 1});
            bench.file("a.pdf", "%PDF-1.7\n1 0 obj\n");
            bench.file("a.zip", new byte[] {'P', 'K', 3, 4, 0, 0});
            bench.file("a.db", "SQLite format 3\0x");
            bench.file("BM.txt", "BM is no picture\n");
            assertThat(bench.problem("Read", "file_path", "a.jpg")).contains("'a.jpg' is damaged");
            assertThat(bench.problem("Read", "file_path", "a.bmp")).contains("'a.bmp' is a BMP image", "convert it");
            assertThat(bench.problem("Read", "file_path", "a.pdf")).contains("is a PDF document", "pdftotext");
            assertThat(bench.problem("Read", "file_path", "a.zip")).contains("is a ZIP archive", "unzip -l");
            assertThat(bench.problem("Read", "file_path", "a.db")).contains("is an SQLite database");
            assertThat(bench.text("Read", "file_path", "BM.txt")).contains("no picture");
        }

        @Test
        void of_notebooks_the_cells_are_shown_and_their_json_when_a_part_is_asked_for() throws Exception {
            bench.file("n.ipynb", """
                    {"cells": [
                     {"cell_type": "markdown", "id": "m1", "source": ["# Title\\n", "text"]},
                     {"cell_type": "code", "source": "print(1)", "outputs": [
                       {"output_type": "stream", "text": ["1\\n"]},
                       {"output_type": "display_data", "data": {"image/png": "AAAA"}},
                       {"output_type": "error", "ename": "ValueError", "evalue": "bad"}]}],
                     "nbformat": 4}
                    """);
            assertThat(bench.text("Read", "file_path", "n.ipynb")).isEqualTo("""
                    [cell 0, markdown, id m1]
                    # Title
                    text

                    [cell 1, code]
                    print(1)
                    [output]
                    1
                    (image/png)
                    ValueError: bad

                    (The cells of a notebook. NotebookEdit changes one; to change its JSON, read that with offset and limit.)
                    """);
            assertThat(edit("n.ipynb", "Title", "Name")).contains("which you have not read");
            assertThat(bench.text("Read", "file_path", "n.ipynb", "limit", 3)).contains("     2\t {\"cell_type\"");
            assertThat(edit("n.ipynb", "Title", "Name")).startsWith("Edited");
            bench.file("broken.ipynb", "{");
            assertThat(bench.problem("Read", "file_path", "broken.ipynb")).contains("no notebook that can be read");
        }
    }
}
