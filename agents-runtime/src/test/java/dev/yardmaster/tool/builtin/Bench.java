package dev.yardmaster.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Json;
import dev.yardmaster.tool.Desk;
import dev.yardmaster.tool.Grant;
import dev.yardmaster.tool.ReadFiles;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A workspace with tools on it, as an agent has them. */
final class Bench {

    final Path root;
    final Workspace workspace;
    private final ReadFiles readFiles = new ReadFiles();
    private final Grant grant;
    final Desk desk = new Desk();

    private Bench(Path folder, Grant grant) {
        this.workspace = Workspace.of(folder);
        this.root = workspace.root();
        this.grant = grant;
    }

    static Bench on(Path folder) {
        return new Bench(folder, Grant.inside(Workspace.of(folder)));
    }

    static Bench on(Path folder, Grant grant) {
        return new Bench(folder, grant);
    }

    ToolContext context() {
        return new ToolContext(workspace, readFiles, line -> {}, grant, desk);
    }

    ToolResult run(String tool, Object... arguments) throws Exception {
        return run(call(tool, arguments));
    }

    ReadFiles readFiles() {
        return readFiles;
    }

    ToolResult run(ToolCall call) throws Exception {
        Tool found = BuiltinTools.all().find(call.name()).orElseThrow();
        ToolResult result = found.run(call, new ToolContext(workspace, readFiles, line -> {}, grant, desk));
        if (result.succeeded()) {
            desk.worked(found, call);
        }
        return result;
    }

    static ToolCall call(String tool, Object... arguments) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            map.put((String) arguments[i], arguments[i + 1]);
        }
        return new ToolCall("1", tool, Json.of(map));
    }

    /** The text of a call that has to work. */
    String text(String tool, Object... arguments) throws Exception {
        ToolResult result = run(tool, arguments);
        assertThat(result).isInstanceOf(ToolResult.Text.class);
        return result.forModel();
    }

    /** What is said of a call that must not work. */
    String problem(String tool, Object... arguments) throws Exception {
        ToolResult result = run(tool, arguments);
        assertThat(result.succeeded()).as(result.forModel()).isFalse();
        return result.forModel();
    }

    Path file(String name, String content) throws IOException {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Path file(String name, byte[] content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    String content(String name) throws IOException {
        return Files.readString(root.resolve(name));
    }
}
