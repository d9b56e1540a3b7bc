package dev.yardmaster.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.yardmaster.event.Json;
import dev.yardmaster.event.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ScriptFileTest {

    private static ModelReply first(String yaml) {
        return ScriptedModel.parse(yaml, "demo.yaml")
                .reply(new ModelRequest("worker", List.of(Message.User.of("go")), List.of()));
    }

    private static String script(String replies) {
        return "version: 1\nagents:\n  worker:\n" + replies.indent(4);
    }

    private static List<String> problems(String yaml) {
        var thrown = catchThrowableOfType(InvalidScriptException.class, () -> ScriptedModel.parse(yaml, "demo.yaml"));
        assertThat(thrown).as("parsing has to fail").isNotNull();
        return thrown.problems();
    }

    @Nested
    class A_task {

        private static final String YAML = """
                version: 1
                agents:
                  worker:
                    - say: "some ${task}"
                tasks:
                  - {agent: worker, holds: red, replies: [{say: "the red one"}]}
                """;

        private String said(String task) {
            return ScriptedModel.parse(YAML, "demo.yaml")
                    .reply(new ModelRequest("worker", List.of(Message.User.of(task)), List.of()))
                    .message()
                    .text();
        }

        @Test
        void that_holds_a_text_has_replies_of_its_own() {
            assertThat(said("a red house")).isEqualTo("the red one");
        }

        @Test
        void is_a_variable_without_its_context() {
            assertThat(said("house\n\n## colour\n\nblue")).isEqualTo("some house");
        }

        @Test
        void has_all_three_keys() {
            assertThat(problems("version: 1\ntasks:\n  - {agent: worker, hodls: red}\n"))
                    .anyMatch(problem -> problem.contains("demo.yaml:3: 'hodls' means nothing in a task")
                            && problem.contains("did you mean 'holds'?"))
                    .anyMatch(problem -> problem.contains("this task has no 'holds'"))
                    .anyMatch(problem -> problem.contains("this task has no 'replies'"));
        }
    }

    @Nested
    class A_reply {

        @Test
        void may_call_one_tool() {
            var calls = first(script("- call: {Bash: {command: ls}}")).message().calls();

            assertThat(calls).singleElement().satisfies(call -> {
                assertThat(call.name()).isEqualTo("Bash");
                assertThat(call.arguments()).isEqualTo(Json.parse("{\"command\":\"ls\"}"));
            });
        }

        @Test
        void may_call_several_as_a_list_in_order() {
            var calls = first(script("- call: [{Read: {file_path: a}}, {Grep: {pattern: b}}, {Read: {file_path: c}}]"))
                    .message()
                    .calls();

            assertThat(calls).extracting("name").containsExactly("Read", "Grep", "Read");
            assertThat(calls).extracting("id").containsExactly("call-1-1", "call-1-2", "call-1-3");
        }

        @Test
        void may_call_several_as_a_map_in_order() {
            assertThat(first(script("- call: {Read: {file_path: a}, Grep: {pattern: b}}"))
                            .message()
                            .calls())
                    .extracting("name")
                    .containsExactly("Read", "Grep");
        }

        @Test
        void keeps_the_types_of_arguments_and_takes_no_word_for_a_boolean() {
            var arguments = first(
                            script(
                                    "- call: {T: {n: 5, f: 1.5, t: true, no: no, mode: 0644, day: 2026-01-02, q: \"5\", z: null, l: [1, {a: b}]}}"))
                    .message()
                    .calls()
                    .getFirst()
                    .arguments();

            assertThat(arguments)
                    .isEqualTo(Json.parse("{\"day\":\"2026-01-02\",\"f\":1.5,\"l\":[1,{\"a\":\"b\"}],\"mode\":\"0644\","
                            + "\"n\":5,\"no\":\"no\",\"q\":\"5\",\"t\":true,\"z\":null}"));
        }

        @Test
        void finishes_as_it_does() {
            assertThat(first(script("- say: hi")).finish()).isEqualTo(ModelReply.Finish.STOP);
            assertThat(first(script("- call: {T: {}}")).finish()).isEqualTo(ModelReply.Finish.TOOL_CALLS);
        }

        @Test
        void costs_what_the_script_says_unless_it_says_itself() {
            String usage = "usage: {input: 900, output: 120}\n";

            assertThat(first(usage + script("- say: hi")).usage()).isEqualTo(new Usage(900, 120));
            assertThat(first(usage + script("- {say: hi, usage: {input: 7}}")).usage())
                    .isEqualTo(new Usage(7, 0));
            assertThat(first(script("- say: hi")).usage()).isEqualTo(Usage.none());
        }
    }

    @Nested
    class A_broken_script {

        @Test
        void is_told_all_its_problems_at_once_with_file_and_line() {
            assertThat(problems("""
                            version: 2
                            agent: {}
                            agents:
                              worker:
                                - sya: hi
                                - call: {Bash: ls}
                                - say: twice
                                  say: twice
                                - call: {Bash: {command: x}}
                                  capture: {t: "("}
                              other: hello
                            usage: {input: -1}
                            """))
                    .satisfiesExactlyInAnyOrder(
                            p -> assertThat(p)
                                    .startsWith("demo.yaml:1: version 2")
                                    .contains("version: 1"),
                            p -> assertThat(p)
                                    .startsWith("demo.yaml:2: 'agent'")
                                    .endsWith("did you mean 'agents'?"),
                            p -> assertThat(p).startsWith("demo.yaml:5: 'sya'").endsWith("did you mean 'say'?"),
                            p -> assertThat(p).startsWith("demo.yaml:5: this reply neither says nor calls"),
                            p -> assertThat(p).startsWith("demo.yaml:6: the arguments of Bash"),
                            p -> assertThat(p).startsWith("demo.yaml:8: 'say' is there twice"),
                            p -> assertThat(p).startsWith("demo.yaml:10: the pattern of 't'"),
                            p -> assertThat(p).startsWith("demo.yaml:11: the replies of agent 'other'"),
                            p -> assertThat(p).startsWith("demo.yaml:12: 'input' is no token count"));
        }

        @Test
        void is_refused_when_it_is_empty_or_no_map() {
            assertThat(problems("")).hasSize(2).anyMatch(p -> p.contains("no version"));
            assertThat(problems("- say: hi")).anyMatch(p -> p.startsWith("demo.yaml:1: a script has to be a map"));
        }

        @Test
        void says_the_line_where_it_stops_being_yaml() {
            assertThat(problems("version: 1\nagents: {\n  worker: [\n"))
                    .singleElement()
                    .asString()
                    .matches("demo\\.yaml:\\d: this is not YAML: .*");
        }

        @Test
        void may_not_have_an_agent_twice() {
            assertThat(problems("version: 1\nagents:\n  a: [{say: x}]\n  a: [{say: y}]\n"))
                    .containsExactly("demo.yaml:4: 'a' is there twice in agents; keep one");
        }

        @Test
        void may_not_use_a_variable_that_nothing_before_has_captured() {
            assertThat(problems(script("""
                            - call: {Bash: {command: "echo ${befor}"}}
                              capture: {before: x}
                            - say: "${befor}"
                            - say: "${before}"
                            """)))
                    .satisfiesExactly(
                            p -> assertThat(p).startsWith("demo.yaml:4: ${befor} is used here"),
                            p -> assertThat(p)
                                    .startsWith("demo.yaml:6: ${befor}")
                                    .endsWith("did you mean 'before'?"));
        }

        @Test
        void may_not_use_a_variable_in_the_reply_that_captures_it() {
            assertThat(problems(script("- {say: \"${x}\", call: {T: {}}, capture: {x: a}}")))
                    .singleElement()
                    .asString()
                    .contains("this reply itself captures it; use it in the next one");
        }

        @Test
        void may_not_look_like_a_shell_expansion() {
            assertThat(problems(script("- call: {Bash: {command: 'echo ${HOME:-x}'}}")))
                    .containsExactly(
                            "demo.yaml:4: '${HOME:-x}' names no variable; write '$${HOME:-x}' for the text itself");
        }

        @Test
        void may_not_capture_without_a_call() {
            assertThat(problems(script("- {say: hi, capture: {x: a}}")))
                    .singleElement()
                    .asString()
                    .contains("captures but calls nothing");
        }
    }

    @Nested
    class A_hostile_file {

        @Test
        @Timeout(60)
        void gets_no_aliases_of_collections() {
            assertThat(problems("version: 1\nagents: &a\n  worker: [*a]\n"))
                    .singleElement()
                    .asString()
                    .contains("aliases (*name)");
        }

        @Test
        void makes_no_objects() {
            assertThat(problems(script("- call: {T: {x: !!java.net.URL [\"http://localhost\"]}}")))
                    .singleElement()
                    .asString()
                    .startsWith("demo.yaml:4: ")
                    .contains("tag is not allowed");
        }

        @Test
        void is_not_nested_without_end() {
            assertThat(problems("version: 1\nagents: " + "[".repeat(10_000)))
                    .singleElement()
                    .asString()
                    .contains("not YAML");
        }

        @Test
        @Timeout(60)
        void cannot_make_a_capture_run_for_ever() {
            var model = ScriptedModel.parse(
                    script("- {call: {T: {}}, capture: {x: \"(a*)*b\"}}\n- say: \"${x}\""), "demo.yaml");
            var messages = List.<Message>of(
                    Message.User.of("go"),
                    Message.Assistant.of(""),
                    new Message.ToolOutput("call-1-1", "T", "a".repeat(100_000), false));

            assertThatThrownBy(() -> model.reply(new ModelRequest("worker", messages, List.of())))
                    .isInstanceOf(ModelException.class);
        }
    }

    @Nested
    class A_file {

        @TempDir
        Path folder;

        @Test
        void is_read_as_utf8_with_or_without_a_byte_order_mark() throws IOException {
            Path file = Files.writeString(folder.resolve("a.yaml"), "\uFEFF" + script("- say: größer"));

            var reply = ScriptedModel.read(file)
                    .reply(new ModelRequest("worker", List.of(Message.User.of("go")), List.of()));

            assertThat(reply.message().text()).isEqualTo("größer");
        }

        @Test
        void that_is_missing_is_named() {
            assertThatThrownBy(() -> ScriptedModel.read(folder.resolve("none.yaml")))
                    .isInstanceOf(InvalidScriptException.class)
                    .hasMessageContainingAll("none.yaml", "there is no such file", "check the path");
        }

        @Test
        void that_is_no_text_or_a_folder_is_refused() throws IOException {
            Path binary = Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

            assertThatThrownBy(() -> ScriptedModel.read(binary)).hasMessageContaining("not UTF-8 text");
            assertThatThrownBy(() -> ScriptedModel.read(folder)).isInstanceOf(InvalidScriptException.class);
        }

        @Test
        void that_is_too_large_is_refused_unread() throws IOException {
            Path large = Files.write(folder.resolve("l.yaml"), new byte[ScriptReader.MAX_BYTES + 1]);

            assertThatThrownBy(() -> ScriptedModel.read(large)).hasMessageContaining("larger than 2 MB");
        }
    }

    @Test
    void the_example_of_the_documentation_is_a_script() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("docs/scripts.md"))) {
            root = root.getParent();
        }
        String page = Files.readString(root.resolve("docs/scripts.md"));
        int start = page.indexOf("```yaml\n") + "```yaml\n".length();

        var model = ScriptedModel.parse(page.substring(start, page.indexOf("```", start)), "docs/scripts.md");

        var asked = new ModelRequest("backend-engineer", List.of(Message.User.of("go")), List.of());
        assertThat(model.reply(asked).message().calls()).extracting("name").containsExactly("Bash");
    }
}
