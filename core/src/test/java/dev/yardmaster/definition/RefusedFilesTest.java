package dev.yardmaster.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.definition.Diagnostic.Severity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedFilesTest {

    private final AgentReader reader = new AgentReader();

    private Reading read(String text) {
        return reader.read("x.md", text.getBytes(StandardCharsets.UTF_8));
    }

    private void refused(Reading reading, String code, int line) {
        assertThat(reading).as("%s", reading.diagnostics()).isInstanceOf(Reading.Refused.class);
        assertThat(reading.diagnostics())
                .filteredOn(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .extracting(Diagnostic::code, Diagnostic::line)
                .contains(org.assertj.core.groups.Tuple.tuple(code, line));
        assertThat(reading.definition()).isEmpty();
    }

    /** Front matter whose tools cannot be understood, or got lost, and the line that shows it. */
    record Broken(String what, String text, int line) {
        @Override
        public String toString() {
            return what;
        }
    }

    static List<Broken> toolsThatCannotBeUnderstood() {
        String head = "---\nname: x\ndescription: d\n";
        String tail = "\n---\nprompt\n";
        return List.of(
                new Broken("a list that is not closed", head + "tools: [Read, Grep" + tail, 4),
                new Broken("a mapping", head + "tools: {Read: true}" + tail, 4),
                new Broken("a list of mappings", head + "tools:\n  - Read\n  - Bash: git" + tail, 6),
                new Broken("a list of lists", head + "tools: [[Read]]" + tail, 4),
                new Broken("a quote without a partner", head + "tools: \"Read, Grep" + tail, 4),
                new Broken("a parenthesis without a partner", head + "tools: Bash(git:*, Read" + tail, 4),
                new Broken("a closing parenthesis too many", head + "tools: Bash), Read" + tail, 4),
                new Broken("prose below it", head + "tools: Read\nand some more\nmodel: m" + tail, 4),
                new Broken("an explicit type", head + "tools: !!python/object:os.system [Read]" + tail, 4),
                new Broken("an invisible character", head + "tools: Read, Ba\u200bsh" + tail, 4),
                new Broken("two values", head + "tools: Read\ntools: Bash" + tail, 5),
                new Broken("an indented key", head + "  tools: Read" + tail, 4),
                new Broken("a wide colon", head + "tools\uff1a Read" + tail, 4),
                new Broken("a key in a list", head + "- tools: Read" + tail, 4),
                new Broken("a merge key", "---\nname: x\ndescription: d\n<<: {tools: [Read]}" + tail, 4),
                new Broken(
                        "a key in an open quote",
                        "---\nname: x\ndescription: \"d\ntools: Read\ncolor: red\"" + tail,
                        0),
                new Broken(
                        "a key in an example",
                        "---\nname: x\ndescription: a: <example>\ntools: Read\n</example>" + tail,
                        4),
                new Broken(
                        "a closing line too early", "---\nname: x\ndescription: d\n---\ntools: Read\n---\nprompt", 5),
                new Broken("a heading too early", head + "# Title\n\ntools: Read\n\nprose\n---\nprompt", 6),
                new Broken("a number of tools without end", head + "tools: " + "Read,".repeat(501) + tail, 4));
    }

    @ParameterizedTest
    @MethodSource("toolsThatCannotBeUnderstood")
    void tools_that_cannot_be_understood_never_become_all_tools(Broken broken) {
        Reading reading = read(broken.text());
        if (broken.line() == 0) {
            assertThat(reading.definition())
                    .isPresent()
                    .get()
                    .satisfies(agent -> assertThat(agent.tools()).hasValue(List.of("Read")));
        } else {
            refused(reading, broken.what().equals("two values") ? "key-duplicate" : "tools-unreadable", broken.line());
        }
    }

    @Test
    void a_permission_mode_that_got_lost_is_no_permission() {
        refused(read("---\nname: x\ndescription: d\npermissionMode: [plan]\n---\np"), "permission-mode-unreadable", 4);
        refused(read("---\nname: x\ndescription: d\n permissionMode: plan\n---\np"), "permission-mode-unreadable", 4);
    }

    @Nested
    class A_name {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "-rf",
                    "plugin:agent",
                    "../escape",
                    "a/../b",
                    "/etc/passwd",
                    "~root",
                    "a\\b",
                    "..",
                    "''",
                    "<img src=x onerror=alert(1)>",
                    "[a]",
                    "\"a\\nb\"",
                    "\"a\\u202eb\""
                })
        void that_could_be_mistaken_is_refused(String name) {
            refused(read("---\nname: " + name + "\ndescription: d\n---\np"), "name-invalid", 2);
        }

        @Test
        void that_is_unusual_is_used_with_a_hint() {
            Reading reading = read("---\nname: Python DevOps/CI-CD Expert\ndescription: d\n---\np");
            assertThat(reading.definition().orElseThrow().name()).isEqualTo("Python DevOps/CI-CD Expert");
            assertThat(reading.diagnostics()).singleElement().satisfies(hint -> {
                assertThat(hint.code()).isEqualTo("name-unusual");
                assertThat(hint.remedy()).contains("'python-devops-ci-cd-expert'");
            });
        }
    }

    @Nested
    class An_agent_file_gone_wrong {

        @Test
        void without_a_closing_line_is_refused() {
            refused(read("---\nname: x\ndescription: d\ntools: Read\n\nYou are x.\n"), "front-matter-unclosed", 1);
            refused(read("---\nname: x\ndescription: d\n"), "front-matter-unclosed", 1);
        }

        @Test
        void without_an_opening_line_is_refused() {
            refused(read("name: x\ndescription: d\n---\nYou are x.\n"), "front-matter-misshapen", 1);
            refused(
                    read("\n    ---\n    name: x\n    description: d\n    ---\n    You\n"),
                    "front-matter-misshapen",
                    2);
            refused(read("-----\nname: x\ndescription: d\n-----\nYou are x.\n"), "front-matter-misshapen", 1);
        }

        @Test
        void without_a_description_is_refused() {
            refused(read("---\nname: x\ntools: Read\n---\np"), "description-missing", 2);
            refused(read("---\nname: x\ndescription:\n---\np"), "description-missing", 3);
            refused(read("---\nname: x\ndescription: [d]\n---\np"), "description-missing", 3);
            refused(read("---\nname: x\n# Title\n\nprose\n---\nmore"), "description-missing", 2);
        }

        @Test
        void that_is_not_text_is_refused_at_the_byte() {
            refused(reader.read("x.md", new byte[] {'-', '-', '-', '\r', '\n', 'a', (byte) 0xFF}), "not-utf8", 2);
            refused(reader.read("x.md", new byte[] {'a', '\n', (byte) 0xC3}), "not-utf8", 2);
            refused(reader.read("x.md", "---\nname: x".getBytes(StandardCharsets.UTF_16)), "not-utf8", 1);
            refused(read("---\nname: x\ndescription: d\u0000\n---\n"), "not-text", 3);
        }

        @Test
        void that_is_larger_than_a_mebibyte_is_refused() {
            String head = "---\nname: x\ndescription: d\n---\n";
            assertThat(read(head + "a".repeat((1 << 20) - head.length())).definition())
                    .isPresent();
            refused(read(head + "a".repeat((1 << 20) - head.length() + 1)), "file-too-large", 1);
        }

        @Test
        void whose_yaml_would_explode_is_refused() {
            StringBuilder bomb = new StringBuilder("---\nname: x\ndescription: d\na: &a [1,1,1,1,1,1,1,1,1]\n");
            for (char level = 'b'; level < 'k'; level++) {
                char below = (char) (level - 1);
                bomb.append("%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c]\n"
                        .formatted(level, level, below, below, below, below, below, below));
            }
            refused(read(bomb + "---\np\n"), "yaml-limit", 2);
            refused(
                    read("---\nname: x\ndescription: d\nx: &a [" + "1,".repeat(5_000) + "]\ny: [*a, *a]\n---\np\n"),
                    "yaml-limit",
                    4);
        }

        @Test
        void whose_yaml_is_a_maze_or_a_merge_is_refused() {
            refused(read("---\nname: x\ndescription: d\nx: " + "[".repeat(10_000) + "\n---\np\n"), "yaml-limit", 2);
            refused(read("---\nname: x\ndescription: d\ntools: Read\nx: &x\n  <<: *x\n---\np\n"), "yaml-limit", 6);
            refused(read("---\nname: x\ndescription: d\nx: &x\n  a: *x\n---\np\n"), "yaml-limit", 4);
        }

        @Test
        void with_more_to_tell_than_anybody_reads_is_told_of_up_to_a_point() {
            Reading reading = read(
                    "---\nname: x\ndescription: a: b\n" + "color: red\n".repeat(1_000) + "tools: [Read" + "\n---\np\n");
            assertThat(reading.diagnostics()).hasSizeLessThan(250);
            refused(reading, "tools-unreadable", 1_004);
        }
    }

    @Nested
    class Something_else {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "\n\n",
                    "# Agents\n\nname: each has one\n",
                    "You are a reviewer.\n",
                    "---\nname: fixture\n---\n\nFixture\n",
                    "---\ndescription: A command\nallowed-tools: Read\n---\nDo it.\n",
                    "---\ntitle: A page\nlayout: wide\n---\n",
                    "---\n\nA document that starts with a rule.\n\n---\n\nMore: of it\n",
                    "---\nA document that starts with a rule.\n",
                    "- name: a list\n- description: of things\n"
                })
        void is_no_agent_and_no_error(String text) {
            Reading reading = read(text);
            assertThat(reading).as("%s", reading.diagnostics()).isInstanceOf(Reading.NotAnAgent.class);
            assertThat(reading.diagnostics()).singleElement().satisfies(hint -> {
                assertThat(hint.severity()).isEqualTo(Severity.HINT);
                assertThat(hint.code()).isEqualTo("not-an-agent");
            });
        }
    }
}
