package dev.yardmaster.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.tool.InvalidArgumentsException;
import dev.yardmaster.tool.ReadFiles;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.workspace.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * One tree, and what ripgrep's documentation says is found in it, written by hand: for our own search always, for ripgrep
 * where it is installed.
 */
class GrepComparisonTest {

    private static final String NOWHERE = "";

    @TempDir
    static Path folder;

    @BeforeAll
    static void grow() throws IOException {
        text(".gitignore", "*.log\n/build/\n!keep.log\n");
        text("A.txt", "Needle\n");
        text("a.txt", "needle\n");
        text("a/b.txt", "needle needle\nneedle\n");
        text("blocks.txt", "1\n2\nhit 3\nhit 4\n5\n6\n7\n8\nhit 9\n10\n11\n12\n");
        text("build/out.txt", "needle\n");
        text("code.py", "import os\nclass Alpha:\n    def run(self):\n        return os.name\n");
        text("crlf.txt", "a needle\r\nb\r\nneedle c\r\n");
        text("empty.txt", "");
        text("keep.log", "needle\n");
        text("other.log", "needle\n");
        text("multi.java", "void a(\n  int x) {\n}\nvoid b() {\n}\n");
        text("nested/.gitignore", "skip.txt\n");
        text("nested/show.txt", "needle\n");
        text("nested/skip.txt", "needle\n");
        text("noeol.txt", "no\nneedle");
        text(".hidden/x.txt", "needle\n");
        text(".git/config", "needle\n");
        bytes("bin.dat", "needle\0needle\n".getBytes(StandardCharsets.UTF_8));
        bytes("latin1.txt", "caf\u00e9 needle\n".getBytes(StandardCharsets.ISO_8859_1));
        var wide = new ByteArrayOutputStream();
        wide.write(new byte[] {(byte) 0xFF, (byte) 0xFE});
        wide.write("needle \u00fc\n".getBytes(StandardCharsets.UTF_16LE));
        bytes("wide.txt", wide.toByteArray());
    }

    private static void text(String name, String content) throws IOException {
        bytes(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static void bytes(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private record Case(String expected, Object... arguments) {}

    private static Case expect(String expected, Object... arguments) {
        return new Case(expected, arguments);
    }

    private static List<Case> cases() {
        return List.of(
                // hidden files are searched, ignored and binary ones are not; folder by folder, names by their bytes
                expect("""
                        .hidden/x.txt
                        a/b.txt
                        a.txt
                        crlf.txt
                        keep.log
                        latin1.txt
                        nested/show.txt
                        noeol.txt
                        wide.txt""", "pattern", "needle"),
                expect("A.txt\na.txt", "pattern", "^needle$", "-i", true, "glob", "[Aa].txt"),
                expect("""
                        .hidden/x.txt:1:needle
                        a/b.txt:1:needle needle
                        a/b.txt:2:needle
                        a.txt:1:needle
                        (5 more; go on with offset 4)""", "pattern", "needle", "output_mode", "content", "head_limit", 4, "glob", "*.txt, !*1.txt"),
                expect(
                        "a/b.txt:needle needle\na/b.txt:needle",
                        "pattern",
                        "needle",
                        "output_mode",
                        "content",
                        "-n",
                        false,
                        "path",
                        "a"),
                expect(
                        "a/b.txt:1:needle\na/b.txt:1:needle\na/b.txt:2:needle",
                        "pattern",
                        "needle",
                        "output_mode",
                        "content",
                        "-o",
                        true,
                        "path",
                        "a"),
                expect("a/b.txt:2\n(2 matches in 1 files)", "pattern", "needle", "output_mode", "count", "path", "a"),
                expect(
                        "a/b.txt:3\n(3 matches in 1 files)",
                        "pattern",
                        "needle",
                        "output_mode",
                        "count",
                        "-o",
                        true,
                        "path",
                        "a"),
                // context: overlapping pieces are one, others are parted
                expect("""
                        blocks.txt-2-2
                        blocks.txt:3:hit 3
                        blocks.txt:4:hit 4
                        blocks.txt-5-5
                        --
                        blocks.txt-8-8
                        blocks.txt:9:hit 9
                        blocks.txt-10-10""", "pattern", "hit", "output_mode", "content", "-C", 1, "glob", "blocks*"),
                expect("""
                        blocks.txt:3:hit 3
                        blocks.txt:4:hit 4
                        blocks.txt-5-5
                        blocks.txt-6-6
                        blocks.txt-7-7
                        --
                        blocks.txt:9:hit 9
                        blocks.txt-10-10
                        blocks.txt-11-11
                        blocks.txt-12-12""", "pattern", "hit", "output_mode", "content", "-A", 3, "glob", "blocks.txt"),
                expect("""
                        blocks.txt-1-1
                        blocks.txt-2-2
                        blocks.txt:3:hit 3
                        blocks.txt:4:hit 4
                        blocks.txt-5-5
                        blocks.txt-6-6
                        blocks.txt-7-7
                        blocks.txt-8-8
                        blocks.txt:9:hit 9""", "pattern", "hit", "output_mode", "content", "-B", 4, "glob", "blocks.txt"),
                // the line end of Windows is one
                expect(
                        "crlf.txt:1:a needle\ncrlf.txt:3:needle c",
                        "pattern",
                        "needle",
                        "output_mode",
                        "content",
                        "glob",
                        "crlf.txt"),
                expect("crlf.txt:1:a needle", "pattern", "needle$", "output_mode", "content", "glob", "crlf.txt"),
                expect("noeol.txt:2:needle", "pattern", "needle$", "output_mode", "content", "glob", "noeol.txt"),
                expect("wide.txt:1:needle \u00fc", "pattern", "dle .", "output_mode", "content", "glob", "wide.txt"),
                expect(
                        "latin1.txt:1:caf\u00e9 needle",
                        "pattern",
                        "needle",
                        "output_mode",
                        "content",
                        "glob",
                        "latin1.txt"),
                // across lines
                expect(
                        "multi.java:1:void a(\nmulti.java:2:  int x) {",
                        "pattern",
                        "void a\\(\\s*int",
                        "multiline",
                        true,
                        "output_mode",
                        "content",
                        "type",
                        "java"),
                expect(
                        "multi.java:2\n(2 matches in 1 files)",
                        "pattern",
                        "\\{.\\}",
                        "multiline",
                        true,
                        "output_mode",
                        "count",
                        "type",
                        "java"),
                expect("No matches found", "pattern", "void a\\(\\s*int", "type", "java"),
                // kinds of files
                expect("code.py", "pattern", "class", "type", "py"),
                expect("code.py:2:class Alpha:", "pattern", "^class \\w+:$", "output_mode", "content"),
                expect("multi.java", "pattern", "void", "glob", "*.{java,kt}"),
                expect("a/b.txt", "pattern", "needle", "glob", "a/**"),
                expect("a/b.txt", "pattern", "needle", "glob", "/a/*.txt"),
                expect("a/b.txt\na.txt", "pattern", "^needle", "glob", "a.txt b.txt"),
                expect("nested/show.txt", "pattern", "needle", "path", "nested"),
                expect(".hidden/x.txt\na/b.txt\nnested/show.txt", "pattern", "needle", "glob", "*/*.txt"),
                // what is ignored is not taken back by a pattern that names it
                expect("keep.log", "pattern", "needle", "glob", "*.log"),
                expect("No matches found", "pattern", "needle", "glob", "build/**"),
                expect("No matches found", "pattern", "^$", "glob", "blocks.txt"),
                expect("code.py:4\n(4 matches in 1 files)", "pattern", "$", "glob", "code.py", "output_mode", "count"),
                expect("No matches found", "pattern", "absent"),
                expect(
                        "keep.log\nlatin1.txt\n(3 more; go on with offset 6)",
                        "pattern",
                        "needle",
                        "head_limit",
                        2,
                        "offset",
                        4));
    }

    private static String grep(String searchPath, Object... arguments) throws Exception {
        Workspace workspace = Workspace.of(folder);
        return new GrepTool(searchPath)
                .run(Bench.call("Grep", arguments), new ToolContext(workspace, new ReadFiles(), line -> {}))
                .forModel();
    }

    private static Stream<DynamicTest> compared(String searchPath) {
        return cases().stream()
                .map(each -> DynamicTest.dynamicTest(
                        List.of(each.arguments()).toString(),
                        () -> assertThat(grep(searchPath, each.arguments())).isEqualTo(each.expected())));
    }

    @TestFactory
    Stream<DynamicTest> our_own_search_finds_what_ripgrep_says_it_finds() {
        return compared(NOWHERE);
    }

    @TestFactory
    Stream<DynamicTest> so_does_ripgrep() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        Assumptions.assumeTrue(
                Ripgrep.find(path, Workspace.of(folder)).isPresent(), "ripgrep (rg) is not installed here");
        return compared(path);
    }

    @Test
    void neither_takes_a_pattern_that_is_none() {
        for (String path :
                List.of(NOWHERE, Optional.ofNullable(System.getenv("PATH")).orElse(""))) {
            assertThatExceptionOfType(InvalidArgumentsException.class)
                    .isThrownBy(() -> grep(path, "pattern", "(unclosed"))
                    .withMessageContaining("is no regular expression");
        }
    }

    private static Ripgrep ripgrep(Object... arguments) {
        var context = new ToolContext(Workspace.of(folder), new ReadFiles(), line -> {});
        var call = Bench.call("Grep", arguments);
        var query = GrepQuery.of(dev.yardmaster.tool.Arguments.of(new GrepTool(NOWHERE), call), folder, context);
        return new Ripgrep(Path.of("/usr/bin/rg"), query, new GrepAnswer(query.options()));
    }

    @Test
    void ripgrep_is_called_with_nothing_but_what_is_asked_for() {
        assertThat(ripgrep("pattern", "-x --pre=sh", "output_mode", "files_with_matches")
                        .command())
                .containsExactly(
                        "/usr/bin/rg",
                        "--no-config",
                        "--json",
                        "--sort=path",
                        "--no-messages",
                        "--no-follow",
                        "--no-pre",
                        "--no-search-zip",
                        "--no-mmap",
                        "--hidden",
                        "--no-require-git",
                        "--no-ignore-dot",
                        "--no-ignore-exclude",
                        "--no-ignore-global",
                        "--no-ignore-parent",
                        "--crlf",
                        "--max-filesize=1G",
                        "--max-count=1",
                        "--glob=!.git",
                        "--regexp=-x --pre=sh",
                        "--",
                        "./");
        assertThat(ripgrep(
                                "pattern",
                                "a",
                                "output_mode",
                                "content",
                                "-i",
                                true,
                                "-A",
                                2,
                                "-B",
                                1,
                                "multiline",
                                true,
                                "glob",
                                "*.ts,!x.ts",
                                "type",
                                "yaml")
                        .command())
                .containsSubsequence(
                        "--ignore-case",
                        "--multiline",
                        "--multiline-dotall",
                        "--before-context=1",
                        "--after-context=2",
                        "--glob=*.ts",
                        "--glob=!x.ts",
                        "--glob=!.git",
                        "--type-add=wanted:*.yaml",
                        "--type-add=wanted:*.yml",
                        "--type=wanted",
                        "--regexp=a")
                .doesNotContain("--max-count=1");
    }

    @Test
    void a_program_in_the_workspace_or_in_a_relative_folder_is_not_taken_for_ripgrep(@TempDir Path elsewhere)
            throws IOException {
        var programs = new ArrayList<Path>();
        for (Path place : List.of(folder.resolve("build"), elsewhere)) {
            Path program = Files.writeString(place.resolve("rg"), "#!/bin/sh\n");
            assertThat(program.toFile().setExecutable(true)).isTrue();
            programs.add(program);
        }
        Workspace workspace = Workspace.of(folder);
        assertThat(Ripgrep.find(folder.resolve("build") + ":.:build", workspace))
                .isEmpty();
        assertThat(Ripgrep.find(folder.resolve("build") + ":" + elsewhere, workspace))
                .contains(programs.getLast().toRealPath());
        Path linked = Files.createDirectory(elsewhere.resolve("linked"));
        Files.createSymbolicLink(linked.resolve("rg"), programs.getFirst());
        assertThat(Ripgrep.find(linked.toString(), workspace)).isEmpty();
        Files.delete(programs.getFirst());
    }
}
