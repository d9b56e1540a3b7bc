package dev.yardmaster.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.event.Json;
import dev.yardmaster.tool.ReadFiles;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.workspace.Workspace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    void are_left_when_the_run_is_cancelled() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> grep(asked("needle", false, ".")));
        assertThat(Thread.interrupted()).isFalse();
    }
}
