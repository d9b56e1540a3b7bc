package dev.yardmaster.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.cli.output.Happening.CallRecord;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.event.Json;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import java.nio.file.Path;
import java.util.List;

/** Tool calls in a few words, safe to show. */
public final class CallText {

    /** The parameters that say most, by tool; for others the first text. */
    private static final List<String> TELLING =
            List.of("command", "file_path", "pattern", "path", "url", "query", "description", "prompt");

    /** So many lines of a command are told whole. */
    private static final int FEW = 3;

    private CallText() {}

    /** {@code Bash python3 bench.py}, {@code Read app/report.py}. @param root what paths are shown relative to */
    public static String of(ToolCall call, Path root) {
        String what = what(call);
        String base = root + "/";
        String shown = what.startsWith(base) ? what.substring(base.length()) : what;
        return (SafeText.line(call.name()) + " " + SafeText.line(shown)).strip();
    }

    private static String what(ToolCall call) {
        JsonNode arguments = call.arguments().as(JsonNode.class);
        if (arguments == null || !arguments.isObject()) {
            return call.arguments().text();
        }
        JsonNode question = arguments.path("questions").path(0).path("question");
        if (question.isTextual()) {
            return question.asText();
        }
        if (arguments.path("skill").isTextual()) {
            return (arguments.get("skill").asText() + " "
                            + arguments.path("args").asText(""))
                    .strip();
        }
        for (String name : TELLING) {
            if (arguments.path(name).isTextual()) {
                return arguments.get(name).asText();
            }
        }
        return arguments.isEmpty() ? "" : Json.of(arguments).text();
    }

    /** What became of it: {@code 2 lines}, {@code exit code 1: FAILED}, {@code denied: …}. */
    public static String result(CallRecord call) {
        return switch (call.result()) {
            case ToolResult.Text text ->
                call.badExit()
                        .map(code -> "exit code " + code + telling(text.text()))
                        .orElseGet(() -> size(call, text.text()));
            case ToolResult.Rejected rejected ->
                (call.isDenied() ? "denied: " : "rejected: ") + SafeText.line(rejected.why());
            case ToolResult.Failed failed -> "failed: " + SafeText.line(failed.why());
            case ToolResult.InDoubt doubt -> "interrupted; its effect is unknown";
        };
    }

    private static String size(CallRecord call, String text) {
        List<String> lines =
                SafeText.of(text).lines().filter(line -> !line.isBlank()).toList();
        boolean command = call.call().name().equalsIgnoreCase("Bash");
        if (lines.isEmpty()) {
            return "";
        }
        if (command && lines.size() <= FEW) {
            return String.join(" · ", lines.stream().map(String::strip).toList());
        }
        return command || lines.size() == 1 ? lines.getLast().strip() : lines.size() + " lines";
    }

    /** The last line a command printed before its exit code. */
    private static String telling(String text) {
        List<String> lines =
                SafeText.of(text).lines().filter(line -> !line.isBlank()).toList();
        return lines.size() < 2 ? "" : ": " + lines.get(lines.size() - 2).strip();
    }
}
