package dev.yardmaster.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.definition.Diagnostic.Severity;
import dev.yardmaster.definition.Shapes.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AgentReaderTest {

    private final AgentReader reader = new AgentReader();

    static List<Shape> shapes() {
        return Shapes.all();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void reads_what_a_file_says_and_tells_what_is_odd_about_it(Shape shape) {
        Reading reading = reader.read(shape.file() + ".md", shape.bytes());

        assertThat(reading).as("%s", reading.diagnostics()).isInstanceOf(Reading.Loaded.class);
        AgentDefinition agent = reading.definition().orElseThrow();
        assertThat(agent.name()).isEqualTo(shape.file().equals("words-and-numbers") ? "007" : shape.file());
        assertThat(agent.tools()).isEqualTo(shape.tools());
        assertThat(agent.model()).isEqualTo(shape.model());
        assertThat(agent.examples()).hasSize(shape.examples());
        assertThat(agent.prompt()).isNotBlank();
        assertThat(reading.diagnostics().stream().map(Diagnostic::code).filter(code -> !aboutTools(code)))
                .containsExactlyElementsOf(shape.codes());
    }

    private static boolean aboutTools(String code) {
        return Set.of("tool-unknown", "tool-unavailable", "tools-none-available", "name-unusual")
                .contains(code);
    }

    private AgentDefinition loaded(String shape) {
        return reader.read(shape + ".md", Shapes.named(shape).bytes())
                .definition()
                .orElseThrow();
    }

    private List<Diagnostic> told(String shape, String code) {
        return reader.read(shape + ".md", Shapes.named(shape).bytes()).diagnostics().stream()
                .filter(diagnostic -> diagnostic.code().equals(code))
                .toList();
    }

    @Nested
    class The_definition {

        @Test
        void keeps_modes_limits_and_colours_as_written() {
            assertThat(loaded("disallowed").disallowedTools()).containsExactly("Write", "Edit");
            assertThat(loaded("disallowed").permissionMode()).hasValue("plan");
            assertThat(loaded("disallowed").maxTurns()).hasValue(12);
            assertThat(loaded("plain").color()).hasValue("blue");
            assertThat(loaded("repeated-color").color()).hasValue("red");
            assertThat(loaded("other-spelling").disallowedTools()).containsExactly("Bash");
        }

        @Test
        void keeps_unknown_keys_as_text_lists_and_maps() {
            assertThat(loaded("strange-keys").extensions())
                    .containsEntry("version", "1.20")
                    .containsEntry("enabled", "yes")
                    .containsEntry("category", Map.of("area", "web", "tags", List.of("a", "b")))
                    .containsEntry("skills", "style")
                    .containsOnlyKeys(
                            "version",
                            "enabled",
                            "category",
                            "hooks",
                            "skills",
                            "memory",
                            "isolation",
                            "effort",
                            "allowedTools");
        }

        @Test
        void has_the_body_as_its_prompt_without_the_blank_lines_around_it() {
            assertThat(loaded("plain").prompt()).isEqualTo("You tidy up imports.");
            assertThat(loaded("crlf").prompt()).isEqualTo("You keep line ends.");
            assertThat(loaded("heading-closes").prompt())
                    .isEqualTo("## Role\nYou keep calm. Tools: whatever is needed.\n\n---\n\n## Limits\nNone.");
        }

        @Test
        void has_the_description_as_written_or_with_its_written_line_breaks_broken() {
            assertThat(loaded("bold-description").description())
                    .isEqualTo("**LEAD ENGINEER**: turns wishes into plans. Works before anybody else.");
            assertThat(loaded("escaped-in-quotes").description())
                    .startsWith("Use this agent to plan releases.\n\n<example>\nContext: A release is due.\n");
            assertThat(loaded("unindented-prose").description())
                    .isEqualTo("Reviews Go code for errors that are dropped\n\nand must be used after every change.");
            assertThat(loaded("indented-block").description()).isEqualTo("Shifted: to the right.");
        }

        @Test
        void has_the_open_items_outside_code_fences_as_its_checklist() {
            assertThat(loaded("checklist").checklist().items())
                    .containsExactly("tests pass", "the change is described", "nested: nothing is left behind");
            assertThat(loaded("plain").checklist()).isEqualTo(Checklist.none());
        }

        @Test
        void knows_its_file_and_the_hash_of_its_bytes() {
            assertThat(loaded("plain").source()).isEqualTo("plain.md");
            assertThat(loaded("plain").sha256())
                    .hasSize(64)
                    .isNotEqualTo(loaded("no-tools").sha256());
        }
    }

    @Nested
    class A_diagnostic {

        @Test
        void says_where_in_the_file_yaml_stumbled() {
            assertThat(told("colon-in-description", "yaml-tolerated"))
                    .singleElement()
                    .satisfies(diagnostic -> {
                        assertThat(diagnostic.line()).isEqualTo(3);
                        assertThat(diagnostic.column()).isEqualTo(42);
                        assertThat(diagnostic.severity()).isEqualTo(Severity.WARNING);
                        assertThat(diagnostic.remedy()).contains("quotes");
                    });
            assertThat(told("crlf", "yaml-tolerated"))
                    .extracting(Diagnostic::line)
                    .containsExactly(3);
            assertThat(told("blank-lines-before", "blank-lines-before"))
                    .extracting(Diagnostic::line)
                    .containsExactly(3);
        }

        @Test
        void guesses_what_an_unknown_tool_was_to_be() {
            assertThat(told("other-tools", "tool-unknown"))
                    .extracting(Diagnostic::message, Diagnostic::remedy)
                    .anySatisfy(told -> assertThat(told.toList())
                            .containsExactly(
                                    "'Grpe' is no tool that agent files know; nothing is granted for it",
                                    "did you mean 'Grep'?"))
                    .anySatisfy(told -> assertThat(told.toList().getFirst())
                            .asString()
                            .contains("'search/codebase', 'Microsoft Docs', 'elastic/*' are no tools"))
                    .hasSize(2);
        }

        @Test
        void hints_at_tools_that_are_known_and_not_available() {
            assertThat(told("other-tools", "tool-unavailable")).singleElement().satisfies(diagnostic -> {
                assertThat(diagnostic.severity()).isEqualTo(Severity.HINT);
                assertThat(diagnostic.message()).contains("'WebSearch'");
            });
            Reading withMore = new AgentReader(Set.of("Read", "WebSearch"))
                    .read("other-tools.md", Shapes.named("other-tools").bytes());
            assertThat(withMore.diagnostics()).extracting(Diagnostic::code).doesNotContain("tool-unavailable");
        }

        @Test
        void guesses_what_a_key_was_to_be() {
            Reading reading = reader.read(
                    "x.md", "---\nname: x\ndescripton: d\n---\nhi\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(reading.diagnostics())
                    .filteredOn(each -> each.code().equals("keys-unknown"))
                    .singleElement()
                    .satisfies(each ->
                            assertThat(each.remedy()).startsWith("did you mean 'description' by 'descripton'?"));
        }

        @Test
        void stands_at_the_entry_of_a_list() {
            assertThat(told("block-list", "tool-unavailable"))
                    .extracting(Diagnostic::line, Diagnostic::column)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(7, 5));
        }

        @Test
        void warns_of_text_that_only_a_model_can_see() {
            Reading reading = reader.read(
                    "x.md",
                    "---\nname: x\ndescription: d\n---\nBe kind.\nOr\u200b not\udb40\udc41.\n"
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(reading.definition()).isPresent();
            assertThat(reading.diagnostics()).singleElement().satisfies(diagnostic -> {
                assertThat(diagnostic.code()).isEqualTo("text-invisible");
                assertThat(diagnostic.line()).isEqualTo(6);
                assertThat(diagnostic.column()).isEqualTo(3);
                assertThat(diagnostic.message()).startsWith("2 invisible characters");
            });
        }

        @Test
        void shows_no_control_characters_of_the_file() {
            Reading reading = reader.read(
                    "x.md",
                    "---\nname: \"a\\e[2Jb\"\ndescription: d\n---\np\n"
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(reading.diagnostics())
                    .singleElement()
                    .satisfies(diagnostic -> assertThat(diagnostic.message())
                            .isEqualTo("the name 'a\\u001b[2Jb' holds a line break or an invisible character"));
        }
    }
}
