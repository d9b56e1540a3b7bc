package dev.yardmaster.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.event.Json;
import dev.yardmaster.tool.Arguments;
import dev.yardmaster.tool.ReadFiles;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.workspace.PinnedFolder;
import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.Workspace;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many files, looked through several at a time. */
@Timeout(60)
class FilesInOrderTest {

    @TempDir
    Path folder;

    @BeforeEach
    void files() throws Exception {
        for (int i = 0; i < 300; i++) {
            String name = "d%d/f%03d.txt".formatted(i % 7, i);
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            String text = "first\r\n" + (i % 5 == 0 ? "a needle %d\r\n".formatted(i) : "nothing\n") + "näh last\n";
            switch (i % 4) {
                case 0 -> Files.writeString(file, text);
                case 1 -> Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
                case 2 -> Files.write(file, ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE));
                default -> Files.writeString(file, "x\n".repeat(i == 155 ? 700_000 : 1) + text);
            }
        }
    }

    /** By our own search. */
    private String grep(Map<String, Object> arguments) throws Exception {
        var call = new ToolCall("1", "Grep", Json.of(arguments));
        return new GrepTool("")
                .run(call, new ToolContext(Workspace.of(folder), new ReadFiles(), line -> {}))
                .forModel();
    }

    @Test
    void are_told_of_in_their_order_as_if_each_was_looked_through_alone() throws Exception {
        for (String pattern : List.of("needle", "(a needle|fir)s?t?", "needle [0-9]+$", "nothing")) {
            for (boolean multiline : List.of(false, true)) {
                var expected = new ArrayList<String>();
                for (int of = 0; of < 7; of++) {
                    for (int i = of; i < 300; i += 7) {
                        String name = "d%d/f%03d.txt".formatted(of, i);
                        String said = grep(asked(pattern, multiline, name));
                        if (!said.equals("No matches found")) {
                            expected.addAll(said.lines().toList());
                        }
                    }
                }
                assertThat(grep(asked(pattern, multiline, ".")).lines())
                        .as(pattern)
                        .hasSizeGreaterThan(50)
                        .containsExactlyElementsOf(expected);
            }
        }
    }

    private static Map<String, Object> asked(String pattern, boolean multiline, String path) {
        var arguments = new HashMap<String, Object>(Map.of("pattern", pattern, "output_mode", "content"));
        arguments.putAll(Map.of("head_limit", 0, "multiline", multiline, "path", path));
        return arguments;
    }

    @Test
    void are_told_of_as_if_alone_however_much_is_in_each() throws Exception {
        for (int i = 0; i < 80; i++) {
            Files.writeString(
                    Files.createDirectories(folder.resolve("many")).resolve("f%02d.txt".formatted(i)),
                    "x y\n".repeat(2_990 + i));
        }
        Map<String, Object> counted = Map.of("pattern", "^", "output_mode", "count", "head_limit", 2, "path", "many");
        assertThat(grep(counted).lines())
                .containsExactly(
                        "many/f00.txt:2990",
                        "many/f01.txt:2991",
                        "(78 more; go on with offset 2)",
                        "(242360 matches in 80 files)");
        for (boolean parts : List.of(false, true)) {
            var shown = new HashMap<String, Object>(Map.of("pattern", "x|y", "output_mode", "content", "path", "many"));
            int each = parts ? 2 : 1;
            shown.putAll(Map.of("-o", parts, "offset", 2_990 * each - 1, "head_limit", 2));
            assertThat(grep(shown).lines())
                    .containsExactly(
                            "many/f00.txt:2990:" + (parts ? "y" : "x y"),
                            "many/f01.txt:1:" + (parts ? "x" : "x y"),
                            "(" + (242_360 * each - 2_990 * each - 1) + " more; go on with offset " + (2_990 * each + 1)
                                    + ")");
        }
    }

    @Test
    void are_left_to_their_turn_when_much_is_to_be_kept() {
        for (String mode : List.of("content", "count", "files_with_matches")) {
            var call = new ToolCall("1", "Grep", Json.of(Map.of("pattern", "x", "output_mode", mode)));
            var matches = new FileMatches(GrepOptions.of(Arguments.of(new GrepTool(""), call)));
            for (int i = 0; i < 100_000; i++) {
                matches.match(i, "x", List.of("x"));
            }
            assertThat(matches.isLeft()).as(mode).isEqualTo(mode.equals("content"));
            assertThat(matches.isEmpty()).as(mode).isEqualTo(mode.equals("content"));
        }
    }

    @Test
    void are_not_all_there_when_one_cannot_be_looked_into_though_it_is_there() throws Exception {
        var tree = FileTree.of(Workspace.of(folder), folder);
        tree.missed(new NoSuchFileException("gone"));
        tree.missed(new AccessDeniedException("not ours"));
        assertThat(tree.isComplete()).isTrue();
        tree.missed(new FileSystemException("f", null, "Too many open files"));
        assertThat(tree.isComplete()).isFalse();
        assertThat(tree.goesOn()).isTrue();
    }

    /** Of one large folder, which takes long to list. */
    @Test
    void are_left_when_the_run_is_cancelled_while_they_are_listed() throws Exception {
        for (int i = 0; i < 600; i++) {
            Files.createFile(Files.createDirectories(folder.resolve("many")).resolve("f" + i));
        }
        Path many = folder.toRealPath().resolve("many");
        try (PinnedFolder opened = Workspace.of(folder).openFolder(new ResolvedPath(many, many))) {
            var asked = new AtomicInteger();
            assertThat(opened.entries(() -> asked.incrementAndGet() < 4)).hasSizeBetween(256, 512);
            assertThat(asked).hasValue(4);
        }
        try (PinnedFolder opened = Workspace.of(folder).openFolder(new ResolvedPath(many, many))) {
            assertThatExceptionOfType(InterruptedException.class)
                    .isThrownBy(() -> opened.entries(() -> {
                        throw new InterruptedException("cancelled");
                    }));
        }
    }

    @Test
    void are_left_when_the_run_is_cancelled() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> grep(asked("needle", false, ".")));
        assertThat(Thread.interrupted()).isFalse();
    }
}
