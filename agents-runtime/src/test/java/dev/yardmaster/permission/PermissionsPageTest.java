package dev.yardmaster.permission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Json;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.builtin.BuiltinTools;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/permissions.md says is so. Tests run in the module's folder; docs is beside it. */
class PermissionsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "permissions.md");

    @TempDir
    Path folder;

    /** The cells of the table below a heading, without code marks. */
    private static List<String[]> table(String heading) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.equals("## " + heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Arrays.stream(line.split("\\|"))
                        .skip(1)
                        .map(cell -> cell.strip().replace("`", ""))
                        .toArray(String[]::new))
                .toList();
    }

    static Stream<String[]> examples() throws IOException {
        return table("Examples").stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void every_example_is_decided_as_it_says(String mode, String rule, String call, String decision) {
        Policy policy = Policy.of(Mode.find(mode).orElseThrow());
        if (!rule.isEmpty()) {
            String[] words = rule.split(" ", 2);
            policy = policy.with(Rule.parse(
                    Decision.Behavior.valueOf(words[0].toUpperCase(Locale.ROOT)), words[1], "docs/permissions.md"));
        }
        String name = call.substring(0, call.indexOf('('));
        String argument = call.substring(call.indexOf('(') + 1, call.length() - 1);
        Tool tool = BuiltinTools.all().find(name).orElseThrow();
        Map<String, String> arguments = switch (name) {
            case "Read" -> Map.of("file_path", argument);
            case "Edit" -> Map.of("file_path", argument, "old_string", "a", "new_string", "b");
            default -> Map.of("command", argument);
        };
        Decision made = policy.decide(tool, new ToolCall("call", name, Json.of(arguments)), Workspace.of(folder));
        assertThat(made.behavior().name().toLowerCase(Locale.ROOT))
                .as(made.toString())
                .isEqualTo(decision);
    }

    @Test
    void all_modes_are_there() throws IOException {
        assertThat(table("Modes"))
                .extracting(row -> row[0])
                .containsExactlyElementsOf(
                        Arrays.stream(Mode.values()).map(Mode::spelling).toList());
    }
}
