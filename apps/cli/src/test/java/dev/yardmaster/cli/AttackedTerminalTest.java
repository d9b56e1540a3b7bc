package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.cli.Calls.Said;
import dev.yardmaster.event.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Text that would command a terminal or deceive who reads it, wherever others write text that we show: a model's words, the
 * commands it wants to run, what they print, files, names of tools.
 */
class AttackedTerminalTest {

    /** What our own colours and status lines are made of. */
    private static final String OURS = "\u001b\\[[0-9;]*m|\r\u001b\\[2K";

    private static final List<String> OF_OUR_OWN = List.of(
            "\u001b[31mred\u001b[0m",
            "\u001b]0;title\u0007",
            "\u001bP1$r0m\u001b\\",
            "\u009b2J",
            "a\u202egnp.exe",
            "\u2066left\u2069",
            "a\u200bb\u2060c\ufeffd",
            "\udb40\udc41\udb40\udc42",
            "before\rafter",
            "\u001b",
            "\u2028next\u2029");

    record Row(String id, String input) {}

    private static List<Row> rows() throws IOException {
        Path file = Path.of(System.getProperty("yardmaster.shared", "shared"), "attacks", "dev.jsonl");
        Assumptions.assumeTrue(Files.exists(file), "the attack corpus is not here: " + file.getFileName());
        return Files.readAllLines(file).stream()
                .map(line -> Json.parse(line).as(JsonNode.class))
                .filter(row -> row.path("part").asText().equals("terminal"))
                .map(row -> new Row(row.path("id").asText(), row.path("input").asText()))
                .toList();
    }

    private static void assertHarmless(String shown) {
        assertThat(shown.replaceAll(OURS, "").codePoints().filter(point -> point != '\n'))
                .as(Json.of(shown).text())
                .noneMatch(point -> switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> true;
                    default -> false;
                });
    }

    /** As YAML has it, in plain characters. */
    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point < 0x20 || point > 0x7e || point == '"' || point == '\\') {
                quoted.append("\\U%08X".formatted(point));
            } else {
                quoted.appendCodePoint(point);
            }
        });
        return quoted.append('"').toString();
    }

    private static void attack(Path folder, String input) throws IOException {
        var calls = new Calls(folder).with("TERM", "xterm").atTerminal(100, "o\no\nn " + input.strip() + "\n");
        calls.file("evil.txt", input + "\n");
        String text = quoted(input);
        String name = quoted(input.substring(0, Math.min(30, input.length()))); // a key of YAML is short
        String command = quoted("echo " + input.replace("\0", "") + "; cat evil.txt");
        calls.file("script.yaml", """
                version: 1
                agents:
                  qa-engineer:
                    - say: %s
                      call: {Bash: {command: "cat evil.txt"}}
                    - call: {Bash: {command: %s}}
                    - call: {%s: {command: %s}}
                    - call: {Write: {file_path: "new.txt", content: %s}}
                    - call: {AskUserQuestion: {questions: [{question: %s, options: [{label: %s, description: %s}, {label: b, description: c}]}]}}
                    - say: %s
                """.formatted(text, command, name, text, text, text, text, text, text));
        Said said =
                calls.call("do", "write a test " + input, "--agent", "qa-engineer", "--model", "script:script.yaml");
        assertThat(said.out()).as(said.err()).contains("cat evil.txt");
        assertHarmless(said.out());
        assertHarmless(said.err());
        for (String[] look : List.of(
                new String[] {"runs"}, new String[] {"show", "last"}, new String[] {"show", "last", "--entries"})) {
            Said shown = calls.call(look);
            assertHarmless(shown.out());
            assertHarmless(shown.err());
        }
    }

    @TestFactory
    Stream<DynamicTest> no_text_of_others_commands_a_terminal(@TempDir Path folder) throws Exception {
        return rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.id(), () -> attack(folder.resolve(row.id()), row.input())));
    }

    @TestFactory
    Stream<DynamicTest> nor_does_any_of_these(@TempDir Path folder) {
        return Stream.iterate(0, i -> i < OF_OUR_OWN.size(), i -> i + 1)
                .map(i -> DynamicTest.dynamicTest(
                        Json.of(OF_OUR_OWN.get(i)).text(), () -> attack(folder.resolve("own" + i), OF_OUR_OWN.get(i))));
    }

    @Test
    void what_is_asked_for_is_shown_to_its_last_character(@TempDir Path folder) throws IOException {
        var calls = new Calls(folder).with("TERM", "xterm").atTerminal(100, "n\n");
        calls.file("script.yaml", """
                version: 1
                agents:
                  qa-engineer:
                    - call: {Bash: {command: "ls\\u200b\\u200b; rm -rf /\\b\\b\\bls"}}
                    - say: done
                """);
        Said said = calls.call("do", "write a test", "--agent", "qa-engineer", "--model", "script:script.yaml");
        assertThat(said.out()).contains("ls<U+200B><U+200B>; rm -rf /<U+0008><U+0008><U+0008>ls");
    }
}
