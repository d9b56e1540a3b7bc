package dev.yardmaster.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The hand-written files of {@code shapes/}, each in one of the shapes that agent files have in the wild. */
final class Shapes {

    /** @param codes of the diagnostics, in the order of the file, those about tools left out */
    record Shape(String file, Optional<List<String>> tools, Optional<String> model, int examples, List<String> codes) {

        Shape model(String name) {
            return new Shape(file, tools, Optional.of(name), examples, codes);
        }

        Shape examples(int number) {
            return new Shape(file, tools, model, number, codes);
        }

        Shape tells(String... told) {
            return new Shape(file, tools, model, examples, List.of(told));
        }

        byte[] bytes() {
            try (InputStream in = Shapes.class.getResourceAsStream("shapes/" + file + ".md")) {
                assertThat(in).as("shapes/%s.md", file).isNotNull();
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return file;
        }
    }

    private Shapes() {}

    static List<Shape> all() {
        return List.of(
                shape("plain", "Read", "Edit").model("sonnet"),
                inheriting("no-tools"),
                shape("flow-list", "Read", "Grep", "Bash").model("opus"),
                shape("flow-list-bare", "Read", "mcp__notes__write_note", "mcp__notes__*"),
                shape("flow-list-many-lines", "Read", "Grep"),
                shape("block-list", "Read", "Grep", "mcp__tickets").model("haiku"),
                shape("block-list-flush", "Read", "Grep").model("haiku").tells("yaml-tolerated"),
                shape("empty-list").tells("tools-empty"),
                shape("empty-value").model("sonnet").tells("tools-empty"),
                shape("star", "*").tells("yaml-tolerated"),
                shape("parentheses", "Agent(planner, tester)", "Bash(git:*)", "Read"),
                inheriting("disallowed"),
                shape("inline-examples", "Read", "Bash").examples(2).tells("yaml-tolerated"),
                shape("escaped-examples", "Read").examples(1).tells("written-line-break", "yaml-tolerated"),
                shape("escaped-in-quotes", "Read").examples(1).tells("written-line-break"),
                shape("unindented-examples", "Read", "Write", "Bash")
                        .model("sonnet")
                        .examples(2)
                        .tells("yaml-tolerated"),
                shape("block-scalar-examples", "Read").examples(1),
                shape("unclosed-example", "Grep").examples(2),
                shape("tagged-examples", "Read").examples(1),
                shape("colon-in-description", "Read", "Grep").tells("yaml-tolerated"),
                shape("bold-description", "Task", "Read").tells("yaml-tolerated"),
                shape("unindented-prose", "Read", "Grep").model("opus").tells("yaml-tolerated"),
                shape("tools-first", "Read", "Glob").model("inherit").tells("yaml-tolerated"),
                shape("heading-closes", "Read", "Bash").tells("front-matter-unclosed"),
                shape("heading-above-tools", "Read", "Bash").tells("front-matter-unclosed"),
                shape("comments", "Read").model("haiku").tells("yaml-tolerated"),
                shape("long-closing", "LS", "Read").tells("closing-line"),
                shape("blank-lines-before", "Read").tells("blank-lines-before"),
                shape("crlf", "Read", "Write").tells("yaml-tolerated"),
                shape("byte-order-mark", "Read").tells("byte-order-mark"),
                shape("indented-block", "Read").tells("yaml-tolerated"),
                shape("quoted-keys", "Read", "Grep"),
                shape("quoted-names", "Read", "Grep").tells("yaml-tolerated"),
                shape("other-spelling", "Read").tells("key-spelling", "key-spelling"),
                shape("no-blank-after-colon", "Read", "Grep").model("sonnet").tells("yaml-tolerated"),
                inheriting("strange-keys")
                        .tells("keys-unknown", "hooks-need-trust", "memory-unknown", "keys-unused", "key-lookalike"),
                shape("repeated-color", "Read").tells("key-duplicate", "yaml-tolerated"),
                shape("other-tools", "search/codebase", "Microsoft Docs", "elastic/*", "Grpe", "read", "WebSearch")
                        .model("Claude Sonnet 4.5 (copilot)"),
                shape("words-and-numbers", "1", "on").model("3.10"),
                shape("checklist", "Read"));
    }

    static Shape named(String file) {
        return all().stream()
                .filter(shape -> shape.file().equals(file))
                .findFirst()
                .orElseThrow();
    }

    private static Shape shape(String file, String... tools) {
        return new Shape(file, Optional.of(List.of(tools)), Optional.empty(), 0, List.of());
    }

    private static Shape inheriting(String file) {
        return new Shape(file, Optional.empty(), Optional.empty(), 0, List.of());
    }
}
