package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.cli.Calls.Said;
import dev.yardmaster.event.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code route} by words and meaning, and {@code route eval}. */
class RouteTest {

    @TempDir
    Path temporary;

    private Calls calls;

    @BeforeEach
    void here() throws IOException {
        calls = new Calls(temporary).with("COLUMNS", "160");
        calls.file("team/baker.md", """
                ---
                name: baker
                description: |
                  Bakes bread, rolls and cakes.
                  <example>
                  Context: at home
                  user: "My sourdough collapses in the oven"
                  assistant: "I'll ask the baker"
                  </example>
                ---
                You knead dough and bake it in a stone oven.
                """);
        calls.file("team/sailor.md", """
                ---
                name: sailor
                description: Sails boats and reads charts.
                ---
                You set sails, steer by compass and know tides and harbours.
                """);
    }

    private JsonNode json(String... arguments) {
        return Json.parse(calls.call(arguments).out()).as(JsonNode.class);
    }

    @Test
    void a_task_that_is_a_hyphen_is_read_from_standard_input() {
        calls.piping("steer the boat home\n");
        assertThat(json("route", "-", "--agents", "team", "--json").path("task").asText())
                .isEqualTo("steer the boat home");
        Said nothing = calls.piping(" \n").call("route", "-", "--agents", "team");
        assertThat(nothing.exit()).isEqualTo(2);
        assertThat(nothing.err()).contains("the task is empty");
    }

    @Nested
    class By_label {

        @Test
        void a_task_goes_where_the_settings_say_unless_it_names_somebody() throws IOException {
            calls.file("yardmaster.yml", "version: 1\nlabels:\n  sea: sailor\n");
            JsonNode route = json("route", "bake bread", "--label", "sea", "--agents", "team", "--json");
            assertThat(route.path("chosen").asText()).isEqualTo("sailor");
            assertThat(route.path("stage").asText()).isEqualTo("rule");
            assertThat(route.path("reason").asText()).contains("'sea'");
            assertThat(json("route", "@baker bake bread", "--label", "sea", "--agents", "team", "--json")
                            .path("chosen")
                            .asText())
                    .isEqualTo("baker");
        }

        @Test
        void an_agent_that_there_is_not_is_told_with_its_place() throws IOException {
            calls.file("yardmaster.yml", "version: 1\nlabels:\n  sea: sailer\n");
            Said said = calls.call("route", "bake bread", "--agents", "team");
            assertThat(said.exit()).isEqualTo(2);
            assertThat(said.err())
                    .contains("yardmaster.yml:3")
                    .contains("'sea'")
                    .contains("sailor");
        }
    }

    @Nested
    class By_a_model {

        @BeforeEach
        void script() throws IOException {
            calls.with("YARDMASTER_ROUTER", "lexical");
            calls.file(
                    "model.yaml",
                    "version: 1\nagents:\n  router:\n"
                            + "    - say: '{\"specialist\": \"sailor\", \"reason\": \"it is at sea\"}'\n");
        }

        @Test
        void it_is_chosen_where_the_router_is_not_sure_and_told_why() {
            JsonNode route = json(
                    "route",
                    "bread for the boat",
                    "--agents",
                    "team",
                    "--model",
                    "script:model.yaml",
                    "--sure",
                    "100",
                    "--json");
            assertThat(route.path("chosen").asText()).isEqualTo("sailor");
            assertThat(route.path("stage").asText()).isEqualTo("model");
            assertThat(route.path("reason").asText()).contains("it is at sea");
        }

        @Test
        void it_is_not_asked_when_that_is_switched_off_and_a_percentage_has_to_be_one() {
            assertThat(json(
                                    "route",
                                    "bread for the boat",
                                    "--agents",
                                    "team",
                                    "--model",
                                    "script:model.yaml",
                                    "--sure",
                                    "0",
                                    "--json")
                            .path("stage")
                            .asText())
                    .isEqualTo("lexical");
            Said said = calls.call("route", "bread", "--agents", "team", "--sure", "very");
            assertThat(said.exit()).isEqualTo(2);
            assertThat(said.err()).contains("--sure").contains("'very'");
        }
    }

    @Nested
    class By_meaning {

        @BeforeEach
        void both() {
            calls.with("YARDMASTER_ROUTER", "hybrid");
        }

        @Test
        void a_task_is_found_that_shares_no_word_and_the_vectors_are_kept() {
            JsonNode route = json("route", "my loaf came out flat", "--agents", "team", "--json");
            assertThat(route.path("chosen").asText()).isEqualTo("baker");
            assertThat(route.path("stage").asText()).isEqualTo("hybrid");
            assertThat(route.path("confidence").asDouble()).isBetween(0.3, 1.0);
            JsonNode best = route.path("candidates").path(0);
            assertThat(best.path("evidence").path("meaning").asDouble()).isPositive();
            assertThat(temporary.resolve("home/.cache/yardmaster/vectors")).isDirectoryContaining("glob:**.vec");
        }

        @Test
        void what_is_nobodys_work_is_declined_and_told_what_to_do() {
            Said said = calls.call("do", "Renew my passport at the town hall");
            assertThat(said.exit()).isEqualTo(1);
            assertThat(said.out())
                    .contains("would have been enough")
                    .contains("--agent")
                    .contains("@name");
        }

        @Test
        void a_task_that_names_its_specialist_loads_no_model() {
            assertThat(json("route", "@sailor my loaf", "--agents", "team", "--json")
                            .path("chosen")
                            .asText())
                    .isEqualTo("sailor");
            assertThat(Files.exists(temporary.resolve("home/.cache"))).isFalse();
        }
    }

    @Test
    void specialists_that_cannot_be_told_apart_are_named_by_check() throws IOException {
        assertThat(calls.call("agents", "check", "team").out()).doesNotContain("told apart");
        calls.file("team/mariner.md", """
                ---
                name: mariner
                description: Sails boats and reads charts.
                ---
                You set sails, steer by compass and know tides and harbours.
                """);
        Said said = calls.call("agents", "check", "team");
        assertThat(said.exit()).isZero();
        assertThat(said.out())
                .contains("warning [lookalike]", "'mariner' and 'sailor' can hardly be told apart")
                .contains("or drop one", "1 warning,");
        assertThat(calls.call("agents", "check", "team", "--json")
                        .out()
                        .lines()
                        .filter(line -> line.contains("\"code\":\"lookalike\"")))
                .singleElement()
                .asString()
                .contains("\"name\":\"sailor\"");
    }

    @Test
    void a_router_that_is_none_is_wrong_usage() {
        Said said = calls.call("route", "bake", "--router", "magic");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("--router takes lexical or hybrid, not 'magic'");
    }

    @Nested
    class Eval {

        @BeforeEach
        void labelled() throws IOException {
            calls.file("tasks.jsonl", """
                    {"agent": "baker", "query": "My sourdough collapses in the oven"}

                    {"agent": "sailor", "query": "steer by compass past the harbours", "context": "at sea"}
                    {"agent": "baker", "query": "xyzzy plugh"}
                    """);
        }

        @Test
        void measures_among_the_named_agents_alone() {
            JsonNode report = json("route", "eval", "tasks.jsonl", "--agents", "team", "--json");
            assertThat(report.path("v").asInt()).isEqualTo(1);
            assertThat(report.path("queries").asInt()).isEqualTo(3);
            assertThat(report.path("answered").asInt()).isEqualTo(2);
            assertThat(report.path("declined").asInt()).isEqualTo(1);
            assertThat(report.path("top1").asDouble()).isEqualTo(2 / 3.0);
            assertThat(report.path("top3").asDouble()).isEqualTo(2 / 3.0);
            assertThat(report.path("mrr").asDouble()).isEqualTo(2 / 3.0);
            assertThat(report.path("p99_ms").asDouble())
                    .isGreaterThanOrEqualTo(report.path("p50_ms").asDouble());
            assertThat(report.path("confusions").isArray()).isTrue();
        }

        @Test
        void is_told_to_people_too() {
            Said said = calls.call("route", "eval", "tasks.jsonl", "--agents", "team", "--leave-one-out");
            assertThat(said.exit()).isZero();
            assertThat(said.out()).contains("3 tasks, 2 agents").contains("among the best three");
        }

        @Test
        void leaves_examples_out() {
            assertThat(calls.call("route", "eval", "tasks.jsonl", "--agents", "team", "--without-examples")
                            .exit())
                    .isZero();
            Said both = calls.call("route", "eval", "tasks.jsonl", "--without-examples", "--leave-one-out");
            assertThat(both.exit()).isEqualTo(2);
        }

        @Test
        void with_a_model_tells_how_often_it_was_asked_and_right_and_the_router_alone() throws IOException {
            calls.with("YARDMASTER_ROUTER", "lexical");
            calls.file("model.yaml", """
                    version: 1
                    usage: {input: 300, output: 20}
                    agents:
                      router:
                        - say: '{"specialist": "sailor", "reason": "it is at sea"}'
                    """);
            calls.file("tasks.jsonl", """
                    {"agent": "sailor", "query": "bread and cakes beside the charts"}
                    {"agent": "sailor", "query": "@sailor go"}
                    """);
            String[] eval = {
                "route", "eval", "tasks.jsonl", "--agents", "team", "--model", "script:model.yaml", "--sure", "100"
            };
            Said said = calls.call(eval);
            assertThat(said.exit()).as(said.err()).isZero();
            assertThat(said.out())
                    .contains("Asking script:model.yaml (a script", "about 1 of 2 tasks")
                    .contains("Asked script:model.yaml (scripted replies) about 1: the router was less than 100 % sure")
                    .contains("All tasks: 100.0 % with the model, 50.0 % by the router alone")
                    .contains("Tokens  300 in, 20 out (scripted");
            var all = new ArrayList<>(List.of(eval));
            all.add("--json");
            JsonNode report = json(all.toArray(String[]::new));
            assertThat(report.path("top1").asDouble()).isEqualTo(1);
            JsonNode model = report.path("model");
            assertThat(model.path("asked").asInt()).isEqualTo(1);
            assertThat(model.path("right").asInt()).isEqualTo(1);
            assertThat(model.path("routerRight").asInt()).isZero();
            assertThat(model.path("alone").path("top1").asDouble()).isEqualTo(0.5);
            assertThat(model.path("bands").size()).isEqualTo(1);
            assertThat(model.path("usage").path("inputTokens").asInt()).isEqualTo(300);
            assertThat(calls.call("route", "eval", "tasks.jsonl", "--sure", "50")
                            .err())
                    .contains("--sure says when a model is asked; add --model");
        }

        @Test
        void names_the_line_that_is_no_label_and_the_agent_that_nobody_is() throws IOException {
            calls.file("bad.jsonl", "{\"agent\": \"baker\", \"query\": \"bread\"}\n{\"query\": \"bread\"}\n");
            Said bad = calls.call("route", "eval", "bad.jsonl", "--agents", "team");
            assertThat(bad.exit()).isEqualTo(2);
            assertThat(bad.err()).contains("'bad.jsonl', line 2 is no labelled task");
            calls.file("typo.jsonl", "{\"agent\": \"bakre\", \"query\": \"bread\"}\n");
            Said typo = calls.call("route", "eval", "typo.jsonl", "--agents", "team");
            assertThat(typo.exit()).isZero();
            assertThat(typo.err()).contains("'bakre'").contains("did you mean 'baker'?");
            assertThat(calls.call("route", "eval", "nowhere.jsonl").err()).contains("there is no such file");
        }
    }

    @Test
    void a_name_that_is_nearly_somebodys_is_told_and_so_is_that_the_router_is_not_sure() {
        calls.with("YARDMASTER_ROUTER", "lexical");
        assertThat(calls.call("route", "@debuger the report is wrong").out())
                .contains("there is no @debuger (did you mean @debugger?)");
        assertThat(calls.call("route", "write words about code").out()).contains("Not sure: name who is to do it");
        assertThat(calls.call("route", "@Transactional methods deadlock in the database")
                        .out())
                .doesNotContain("there is no @");
    }
}
