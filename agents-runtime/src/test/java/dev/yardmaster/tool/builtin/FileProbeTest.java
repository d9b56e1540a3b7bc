package dev.yardmaster.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Json;
import dev.yardmaster.tool.ReadFiles;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a write that a crash interrupted happened is told from the file itself. */
class FileProbeTest {

    @TempDir
    Path folder;

    private final ReadFiles readFiles = new ReadFiles();

    private ToolContext context() {
        return new ToolContext(Workspace.of(folder), readFiles, line -> {});
    }

    private Tool tool(String name) {
        return BuiltinTools.all().find(name).orElseThrow();
    }

    private ToolCall call(String tool, Map<String, Object> arguments) {
        return new ToolCall("1", tool, Json.of(arguments));
    }

    private Optional<ToolResult> probe(ToolCall call, Json beforehand) throws Exception {
        return tool(call.name()).probe(call, Json.parse(beforehand.text()), context());
    }

    private void probes(ToolCall call, String after) throws Exception {
        Tool tool = tool(call.name());
        Json beforehand = tool.beforehand(call, context());
        assertThat(probe(call, beforehand)).as("before it ran").isEmpty();
        tool.run(call, context());
        assertThat(Files.readString(folder.resolve("a.txt"))).isEqualTo(after);
        assertThat(probe(call, beforehand).orElseThrow()).isInstanceOf(ToolResult.Text.class);
        Files.writeString(folder.resolve("a.txt"), "somebody else's");
        assertThat(probe(call, beforehand).orElseThrow()).isInstanceOf(ToolResult.InDoubt.class);
        assertThat(probe(call, Json.none()).orElseThrow()).isInstanceOf(ToolResult.InDoubt.class);
    }

    private void seen(String content) throws Exception {
        Files.writeString(folder.resolve("a.txt"), content);
        tool("Read").run(call("Read", Map.of("file_path", "a.txt")), context());
    }

    @Test
    void a_file_that_is_created() throws Exception {
        probes(call("Write", Map.of("file_path", "a.txt", "content", "new\n")), "new\n");
    }

    @Test
    void a_file_that_is_replaced_and_keeps_its_line_ends() throws Exception {
        seen("one\r\ntwo\r\n");
        probes(call("Write", Map.of("file_path", "a.txt", "content", "three\n")), "three\r\n");
    }

    @Test
    void a_file_that_is_edited() throws Exception {
        seen("one\ntwo\n");
        probes(call("Edit", Map.of("file_path", "a.txt", "old_string", "two", "new_string", "2")), "one\n2\n");
        seen("x x\n");
        probes(
                call("Edit", Map.of("file_path", "a.txt", "old_string", "x", "new_string", "y", "replace_all", true)),
                "y y\n");
    }
}
