package dev.yardmaster.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Json;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.InvalidArgumentsException;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls as models of the reference format write them, one after the other in one workspace: with numbers and lists as
 * texts, with parameters that there are not, and with what is right.
 */
class RecordedCallsTest {

    @TempDir
    Path folder;

    private record Recorded(String tool, Json input, Optional<String> says, Optional<String> fails) {}

    private static List<Recorded> recorded() throws Exception {
        try (InputStream stream = RecordedCallsTest.class.getResourceAsStream("recorded-calls.jsonl")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> Json.parse(line).as(Recorded.class))
                    .toList();
        }
    }

    @Test
    void run_unchanged() throws Exception {
        Bench bench = Bench.on(folder);
        bench.file(
                "src/app.ts",
                "import { view } from './view';\n\nexport function total(a: number, b: number): number {\n  return a + b;\n}\n"
                        + "view(total(1n, 1n));\n");
        bench.file("src/view.tsx", "export function view(total) {\n  return <b>{total}</b>;\n}\n");
        bench.file("main.go", "package main\n\nvar x interface{}\n");
        bench.file("empty.txt", "");
        int number = 0;
        for (Recorded each : recorded()) {
            number++;
            Json input = Json.parse(each.input().text().replace("@WS@", bench.root.toString()));
            ToolResult result = run(bench, new ToolCall("call_" + number, each.tool(), input));
            String what = "call " + number + ", " + each.tool() + " " + input;
            assertThat(result.succeeded())
                    .as(what + " → " + result.forModel())
                    .isEqualTo(each.says().isPresent());
            assertThat(result.forModel())
                    .as(what)
                    .contains(each.says().or(each::fails).orElseThrow());
        }
        assertThat(number).isGreaterThan(40);
        assertThat(bench.content("src/app.ts"))
                .isEqualTo("import { view } from './view';\n\nexport function total(a: bigint, b: bigint): bigint {\n"
                        + "  return b + a;\n}\nview(total(3n, 1n));\n");
        assertThat(bench.content("main.go")).isEqualTo("package main\n\nvar x interface{}\n");
        assertThat(bench.content("docs/new/page.md")).isEqualTo("# Other\n");
    }

    private static ToolResult run(Bench bench, ToolCall call) throws Exception {
        try {
            Tool tool = BuiltinTools.all().find(call.name()).orElseThrow();
            List<Access> accesses = tool.accesses(call, bench.workspace);
            return accesses.stream().anyMatch(Access.Fetches.class::isInstance)
                    ? tool.run(
                            call, new ToolContext(bench.workspace, bench.readFiles(), line -> {}, accesses::contains))
                    : bench.run(call);
        } catch (InvalidArgumentsException e) {
            return new ToolResult.Rejected(e.getMessage());
        }
    }
}
