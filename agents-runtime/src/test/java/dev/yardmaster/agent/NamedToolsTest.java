package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.definition.AgentReader;
import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.model.ScriptedReply;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.tool.builtin.BuiltinTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent runs with exactly the tools that its file names, however it names them. */
@Timeout(120)
class NamedToolsTest {

    /** A call of each tool that comes to something. */
    private static final Map<String, Map<String, Object>> CALLS = new LinkedHashMap<>();

    static {
        CALLS.put("Read", Map.of("file_path", "a.txt"));
        CALLS.put("Write", Map.of("file_path", "new.txt", "content", "x"));
        CALLS.put("Edit", Map.of("file_path", "a.txt", "old_string", "one", "new_string", "two"));
        CALLS.put(
                "MultiEdit",
                Map.of("file_path", "a.txt", "edits", List.of(Map.of("old_string", "x", "new_string", "y"))));
        CALLS.put("NotebookEdit", Map.of("notebook_path", "a.ipynb", "new_source", "x"));
        CALLS.put("LS", Map.of("path", "."));
        CALLS.put("Glob", Map.of("pattern", "*"));
        CALLS.put("Grep", Map.of("pattern", "one"));
        CALLS.put("Bash", Map.of("command", "true"));
        CALLS.put("BashOutput", Map.of("bash_id", "none"));
        CALLS.put("KillShell", Map.of("shell_id", "none"));
        CALLS.put("WebFetch", Map.of("url", "http://127.0.0.1/", "prompt", "x"));
        CALLS.put("TodoWrite", Map.of("todos", List.of()));
        CALLS.put(
                "AskUserQuestion",
                Map.of(
                        "questions",
                        List.of(Map.of(
                                "question",
                                "Which?",
                                "header",
                                "Which",
                                "multiSelect",
                                false,
                                "options",
                                List.of(
                                        Map.of("label", "a", "description", "a"),
                                        Map.of("label", "b", "description", "b"))))));
        CALLS.put("Agent", Map.of("subagent_type", "nobody", "description", "x", "prompt", "x"));
    }

    /** An agent that calls many tools that are not there is stopped. */
    private static final int AT_A_TIME = 5;

    @TempDir
    Path workspace;

    private static AgentDefinition agent(String frontMatter) {
        String file = "---\nname: worker\ndescription: Works\n" + frontMatter + "\n---\nYou work.";
        return new AgentReader()
                .read("worker.md", file.getBytes(StandardCharsets.UTF_8))
                .definition()
                .orElseThrow();
    }

    private static Tool ofServer(String name) {
        return new Bench.Probe(name, Effect.READ_ONLY, call -> new ToolResult.Text("ran"));
    }

    /** What became of a call of each tool. @param offered what the model was told of */
    private record Tried(List<String> offered, Map<String, String> results) {

        List<String> usable() {
            return results.entrySet().stream()
                    .filter(each -> !each.getValue().startsWith("Rejected: there is no tool"))
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    private Tried tried(AgentDefinition agent, Tool... more) throws Exception {
        Files.writeString(workspace.resolve("a.txt"), "one x\n");
        var calls = new LinkedHashMap<>(CALLS);
        for (Tool tool : more) {
            calls.put(tool.name(), Map.of());
        }
        var results = new LinkedHashMap<String, String>();
        List<String> offered = List.of();
        for (int from = 0; from < calls.size(); from += AT_A_TIME) {
            var some = new LinkedHashMap<String, Map<String, Object>>();
            calls.entrySet().stream()
                    .skip(from)
                    .limit(AT_A_TIME)
                    .forEach(each -> some.put(each.getKey(), each.getValue()));
            Outcome outcome = run(agent, some, more);
            List<String> told = Bench.told(outcome);
            List<String> called = List.copyOf(some.keySet());
            called.forEach(tool -> results.put(tool, told.get(called.indexOf(tool))));
            offered = offered(outcome);
        }
        return new Tried(offered, results);
    }

    private Outcome run(AgentDefinition agent, Map<String, Map<String, Object>> calls, Tool... more) throws Exception {
        var replies = new ArrayList<ScriptedReply>();
        calls.forEach((tool, arguments) -> replies.add(ScriptedReply.call(tool, arguments)));
        for (int i = 0; i < 6; i++) {
            replies.add(ScriptedReply.say("done"));
        }
        var runtime = AgentRuntime.builder()
                .agents(agent)
                .workspace(workspace)
                .tools((Object[]) more)
                .policy(Policy.of(Mode.BYPASS))
                .retries(RetryPolicy.none())
                .model(ScriptedModel.replies(agent.name(), replies.toArray(ScriptedReply[]::new)))
                .build();
        Graph graph = Graph.builder("test")
                .channels(Bench.TASK, Bench.RESULT)
                .node("work", runtime.agent(agent.name()).reads(Bench.TASK).writes(Bench.RESULT))
                .start("work")
                .build();
        try (var orchestrator = Orchestrator.builder()
                .responder((run, id, question) -> java.util.Optional.of(new Answer(id, "a", "", "test")))
                .build()) {
            Outcome outcome =
                    orchestrator.start(graph, State.of(Bench.TASK, "try them")).await();
            Bench.result(outcome);
            return outcome;
        }
    }

    private static List<String> offered(Outcome outcome) {
        return outcome.view().entries().stream()
                .flatMap(each -> each.entry().fact() instanceof dev.yardmaster.event.Fact.StepFinished step
                                && step.step().equals(AgentStep.opening())
                        ? step.output().stream()
                        : Stream.empty())
                .flatMap(opening -> {
                    var names = new ArrayList<String>();
                    opening.as(JsonNode.class).path("tools").fieldNames().forEachRemaining(names::add);
                    return names.stream();
                })
                .toList();
    }

    private static void assertExactly(Tried tried, List<String> expected) {
        assertThat(tried.offered()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(tried.usable()).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static List<String> all() {
        return BuiltinTools.all().names();
    }

    @Test
    void every_built_in_tool_is_tried() {
        assertThat(CALLS.keySet()).containsExactlyInAnyOrderElementsOf(all());
    }

    @Nested
    class A_file {

        @Test
        void that_names_none_has_all() throws Exception {
            assertExactly(tried(agent("model: inherit")), all());
        }

        @Test
        void that_names_all_by_a_star_has_all() throws Exception {
            assertExactly(tried(agent("tools: \"*\"")), all());
        }

        @Test
        void with_an_empty_list_has_none() throws Exception {
            assertExactly(tried(agent("tools: []")), List.of());
        }

        @Test
        void loses_what_it_disallows_also_of_servers() throws Exception {
            assertExactly(
                    tried(
                            agent("tools: Read, Bash, mcp__bank__pay\ndisallowedTools: bash, mcp__*"),
                            ofServer("mcp__bank__pay")),
                    List.of("Read"));
        }

        @Test
        void names_all_tools_of_a_server_or_one() throws Exception {
            Tool[] tools = {ofServer("mcp__bank__pay"), ofServer("mcp__bank__list"), ofServer("mcp__banks__x")};
            assertExactly(tried(agent("tools: mcp__bank__*"), tools), List.of("mcp__bank__pay", "mcp__bank__list"));
            assertExactly(tried(agent("tools: mcp__bank"), tools), List.of("mcp__bank__pay", "mcp__bank__list"));
            assertExactly(tried(agent("tools: mcp__bank__pay"), tools), List.of("mcp__bank__pay"));
        }

        @Test
        void holds_a_tool_to_what_it_says() throws Exception {
            Files.createDirectories(workspace.resolve("src"));
            AgentDefinition held = agent("tools: Bash(git status:*), Edit(src/**), Write(src/**), Read(src/**)");
            Tried tried = tried(held);
            assertExactly(tried, List.of("Read", "Write", "Edit", "Bash"));
            assertThat(tried.results().get("Read")).startsWith("Rejected: not permitted (");
            assertThat(tried.results().get("Write")).startsWith("Rejected: not permitted (");
            assertThat(tried.results().get("Bash")).startsWith("Rejected: not permitted (");
            assertThat(workspace.resolve("new.txt")).doesNotExist();

            var bench = new Bench(workspace.toRealPath());
            Outcome outcome =
                    bench.run(bench.runtime(held).policy(Policy.of(Mode.BYPASS)).model(Bench.script("""
                    - call: {Write: {file_path: src/new.txt, content: x}}
                    - call: {Read: {file_path: src/new.txt}}
                    - call: {Bash: {command: "git status"}}
                    - call: {Bash: {command: "git status && cat a.txt"}}
                    - say: done
                    """)));
            assertThat(Bench.told(outcome).subList(0, 3)).noneMatch(told -> told.startsWith("Rejected"));
            assertThat(Bench.told(outcome).get(3)).startsWith("Rejected: not permitted (");
        }

        @Test
        void that_holds_a_tool_to_what_it_cannot_be_held_to_does_not_get_it() throws Exception {
            assertExactly(tried(agent("tools: Read, Glob(src/**), TodoWrite(x)")), List.of("Read"));
        }

        @Test
        void names_who_may_be_asked() throws Exception {
            assertExactly(tried(agent("tools: Read, Task(reviewer)")), List.of("Read", "Agent"));
        }

        @Test
        void that_names_nothing_that_is_here_does_not_start() {
            assertThatExceptionOfType(NoToolsException.class)
                    .isThrownBy(() -> tried(agent("tools: mcp__bank__*, Grpe")))
                    .withMessageContaining("mcp__bank__*, Grpe");
        }
    }

    /** How a real file writes its tools. @param fits told the file's text and its tools as they are to be read */
    private record Shape(String name, Predicate<String> text, Predicate<List<String>> tools) {}

    private static final List<Shape> SHAPES = List.of(
            new Shape(
                    "a block list", text -> text.matches("(?s).*\\ntools:\\s*\\n\\s*- .*"), tools -> tools.size() > 2),
            new Shape("a list in brackets", text -> text.matches("(?s).*\\ntools: *\\[.*"), tools -> tools.size() > 2),
            new Shape(
                    "names between commas",
                    text -> text.matches("(?s).*\\ntools: *[A-Z].*"),
                    tools -> tools.size() > 2),
            new Shape("a star", text -> true, tools -> tools.contains("*")),
            new Shape(
                    "all of a server",
                    text -> true,
                    tools -> tools.stream().anyMatch(each -> each.matches("mcp__.*\\*"))),
            new Shape(
                    "some of a server",
                    text -> true,
                    tools -> tools.contains("Read") && tools.stream().anyMatch(each -> each.startsWith("mcp__"))),
            new Shape("lower-case names", text -> true, tools -> tools.contains("read") && tools.contains("edit")),
            new Shape(
                    "unknown names beside known",
                    text -> true,
                    tools -> tools.stream().anyMatch(each -> each.contains("/"))
                            && all().stream().anyMatch(tool -> tools.stream().anyMatch(tool::equalsIgnoreCase))),
            new Shape(
                    "tools that are not here",
                    text -> true,
                    tools -> tools.contains("WebSearch") && tools.contains("Read")),
            new Shape("one that hands over", text -> true, tools -> tools.contains("Task")));

    @TestFactory
    Stream<DynamicTest> a_real_file_of_each_shape_runs_with_what_it_names() throws IOException {
        Path shared = Path.of(System.getProperty("yardmaster.shared", "shared"), "corpus");
        Assumptions.assumeTrue(Files.exists(shared), "the corpus of agent files is not here");
        List<JsonNode> index = Files.readAllLines(shared.resolve("index.jsonl")).stream()
                .map(line -> Json.parse(line).as(JsonNode.class))
                .toList();
        Stream<DynamicTest> shaped = SHAPES.stream()
                .map(shape -> DynamicTest.dynamicTest(shape.name(), () -> {
                    JsonNode row = index.stream()
                            .filter(each -> each.path("tools").isArray()
                                    && shape.tools().test(names(each))
                                    && shape.text().test(text(shared, each)))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("no file of this shape"));
                    runs(shared, row);
                }));
        DynamicTest absent = DynamicTest.dynamicTest(
                "none named",
                () -> runs(
                        shared,
                        index.stream()
                                .filter(each -> each.path("tools").isNull())
                                .findFirst()
                                .orElseThrow()));
        return Stream.concat(shaped, Stream.of(absent));
    }

    private void runs(Path shared, JsonNode row) throws Exception {
        Path file = file(shared, row);
        AgentDefinition agent = new AgentReader()
                .read(file.getFileName().toString(), Files.readAllBytes(file))
                .definition()
                .orElseThrow();
        Tool[] servers = names(row).stream()
                .filter(name -> name.matches("mcp__[A-Za-z0-9_*-]+"))
                .map(name -> ofServer(name.replace("*", "any")))
                .toArray(Tool[]::new);
        List<String> expected = row.path("tools").isNull() || names(row).contains("*")
                ? all()
                : Stream.concat(
                                all().stream()
                                        .filter(tool -> names(row).stream()
                                                .anyMatch(name -> name.equalsIgnoreCase(tool)
                                                        || name.equals("Task") && tool.equals("Agent"))),
                                Stream.of(servers).map(Tool::name))
                        .toList();
        assertExactly(tried(agent, servers), expected);
    }

    private static Path file(Path shared, JsonNode row) {
        return shared.resolve("agents")
                .resolve(row.path("collection").asText())
                .resolve(row.path("path").asText());
    }

    private static String text(Path shared, JsonNode row) {
        try {
            return Files.readString(file(shared, row));
        } catch (IOException e) {
            return "";
        }
    }

    private static List<String> names(JsonNode row) {
        var names = new ArrayList<String>();
        row.path("tools").forEach(each -> names.add(each.asText()));
        return names;
    }
}
