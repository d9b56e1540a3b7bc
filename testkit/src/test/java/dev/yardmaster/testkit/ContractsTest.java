package dev.yardmaster.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.graph.Reducer;
import dev.yardmaster.routing.Candidate;
import dev.yardmaster.routing.LexicalRouter;
import dev.yardmaster.routing.Match;
import dev.yardmaster.routing.Router;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.tool.builtin.BuiltinTools;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our own reducers, routers and tools keep the contracts, and what breaks one is found by it. */
class ContractsTest {

    @Nested
    class Append implements ReducerContract<List<String>> {
        @Override
        public Reducer<List<String>> reducer() {
            return Reducer.append();
        }

        @Override
        public List<List<String>> samples() {
            return List.of(List.of(), List.of("a"), List.of("b", "a"));
        }
    }

    @Nested
    class Union implements ReducerContract<Set<String>> {
        @Override
        public Reducer<Set<String>> reducer() {
            return Reducer.union();
        }

        @Override
        public List<Set<String>> samples() {
            return List.of(Set.of(), Set.of("a"), new LinkedHashSet<>(List.of("b", "a")));
        }
    }

    @Nested
    class Merged_maps implements ReducerContract<Map<String, Integer>> {
        @Override
        public Reducer<Map<String, Integer>> reducer() {
            return Reducer.mergeMaps();
        }

        @Override
        public List<Map<String, Integer>> samples() {
            return List.of(Map.of(), Map.of("a", 1), Map.of("a", 1, "b", 2));
        }
    }

    @Nested
    class Sum implements ReducerContract<Long> {
        @Override
        public Reducer<Long> reducer() {
            return Reducer.sum();
        }

        @Override
        public List<Long> samples() {
            return List.of(0L, 1L, -7L, 1L << 40);
        }
    }

    @Nested
    class Max implements ReducerContract<String> {
        @Override
        public Reducer<String> reducer() {
            return Reducer.max();
        }

        @Override
        public List<String> samples() {
            return List.of("", "b", "a");
        }
    }

    @Nested
    class The_lexical_router implements RouterContract {
        @Override
        public Router router() {
            return new LexicalRouter(List.of(
                    AgentDefinition.of("backend-engineer", "Queries, schemas and services", "You tune SQL."),
                    AgentDefinition.of("tech-writer", "Manuals, guides and reference pages", "You write.")));
        }

        @Override
        public String task() {
            return "tune the schemas and queries";
        }

        @Override
        public String specialist() {
            return "backend-engineer";
        }
    }

    @TempDir
    Path folder;

    /** Arguments that fit a built-in tool. */
    private static final Map<String, Map<String, ?>> FITTING = Map.of(
            "Read", Map.of("file_path", "a.txt"),
            "Write", Map.of("file_path", "a.txt", "content", "x"),
            "Edit", Map.of("file_path", "a.txt", "old_string", "a", "new_string", "b"),
            "Glob", Map.of("pattern", "*.txt"),
            "Grep", Map.of("pattern", "x"),
            "Bash", Map.of("command", "ls"));

    abstract class Builtin implements ToolContract {
        private final String name;

        Builtin(String name) {
            this.name = name;
        }

        @Override
        public Tool tool() {
            return BuiltinTools.all().find(name).orElseThrow();
        }

        @Override
        public Map<String, ?> arguments() {
            return FITTING.get(name);
        }

        @Override
        public Workspace workspace() {
            return Workspace.of(folder);
        }
    }

    @Nested
    class Read extends Builtin {
        Read() {
            super("Read");
        }
    }

    @Nested
    class Write extends Builtin {
        Write() {
            super("Write");
        }
    }

    @Nested
    class Edit extends Builtin {
        Edit() {
            super("Edit");
        }
    }

    @Nested
    class Glob extends Builtin {
        Glob() {
            super("Glob");
        }
    }

    @Nested
    class Grep extends Builtin {
        Grep() {
            super("Grep");
        }
    }

    @Nested
    class Bash extends Builtin {
        Bash() {
            super("Bash");
        }
    }

    /** Breaks every rule it can. */
    private record BadTool(Path folder) implements Tool, ToolContract {
        @Override
        public String name() {
            return "two words";
        }

        @Override
        public String description() {
            return " ";
        }

        @Override
        public Json parameters() {
            return Json.parse("{\"type\": \"object\", \"properties\": {\"a\": {}}, \"required\": [\"b\"]}");
        }

        @Override
        public Effect effect(ToolCall call) {
            return call.arguments().as(Map.class).containsKey("a") ? Effect.ONCE : Effect.READ_ONLY;
        }

        @Override
        public List<Access> accesses(ToolCall call, Workspace workspace) {
            return List.of(
                    new Access.Runs((String) call.arguments().as(Map.class).get("a")));
        }

        @Override
        public ToolResult run(ToolCall call, ToolContext context) {
            return new ToolResult.Text("");
        }

        @Override
        public Tool tool() {
            return this;
        }

        @Override
        public Map<String, ?> arguments() {
            return Map.of("a", "x");
        }

        @Override
        public Workspace workspace() {
            return Workspace.of(folder);
        }
    }

    @Test
    void a_tool_that_breaks_its_contract_is_found() {
        var tool = new BadTool(folder);
        tool.takes_the_arguments_that_fit();
        assertThatThrownBy(tool::has_names_that_every_model_can_write).isInstanceOf(AssertionError.class);
        assertThatThrownBy(tool::says_what_it_is_for).isInstanceOf(AssertionError.class);
        assertThatThrownBy(tool::describes_its_parameters_as_the_schema_of_an_object)
                .hasMessageContaining("\"b\"");
        assertThatThrownBy(tool::tells_the_effect_of_any_call).hasMessageContaining("effect(…) threw for");
        assertThatThrownBy(tool::tells_what_any_call_touches_or_refuses_it)
                .hasMessageContaining("an InvalidArgumentsException tells the model");
        assertThatThrownBy(tool::refuses_arguments_that_are_no_object).isInstanceOf(AssertionError.class);
    }

    /** @param reducer breaks the law that is looked for */
    private record BadReducer<T>(Reducer<T> reducer, List<T> samples) implements ReducerContract<T> {}

    @Test
    void a_reducer_that_breaks_its_contract_is_found() {
        var minus = new BadReducer<>(Reducer.<Integer>of("minus", (a, b) -> a - b), List.of(1, 2, 3));
        assertThatThrownBy(minus::is_associative).hasMessageContaining("reducer 'minus': (a, b), c and a, (b, c)");

        List<List<String>> shared = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(List.of("a")));
        var changing = new BadReducer<>(
                Reducer.<List<String>>of("changing", (a, b) -> {
                    a.addAll(List.copyOf(b));
                    return a;
                }),
                shared);
        assertThatThrownBy(changing::leaves_its_arguments_as_they_are).hasMessageContaining("samples after");

        var count = new int[1];
        var moody = new BadReducer<>(Reducer.<Integer>of("moody", (a, b) -> count[0]++), List.of(1, 2, 3));
        assertThatThrownBy(moody::gives_the_same_for_the_same).isInstanceOf(AssertionError.class);
        assertThatThrownBy(new BadReducer<>(Reducer.<Integer>sum(), List.of(1))::is_associative)
                .hasMessageContaining("samples");
    }

    /** @param router breaks the rule that is looked for */
    private record BadRouter(Router router, String task, String specialist) implements RouterContract {}

    @Test
    void a_router_that_breaks_its_contract_is_found() {
        var worst = List.of(
                new Candidate("b", 1, List.of(), Optional.empty()), new Candidate("a", 2, List.of(), Optional.empty()));
        var count = new int[1];
        var router = new BadRouter(
                task -> {
                    if (task.isBlank()) {
                        throw new IllegalArgumentException("no task");
                    }
                    return new Match("?", worst, Optional.of("b"), Match.Stage.LEXICAL, "because " + count[0]++);
                },
                "x",
                "a");
        assertThatThrownBy(router::finds_the_specialist).isInstanceOf(AssertionError.class);
        assertThatThrownBy(router::decides_the_same_task_the_same_way).isInstanceOf(AssertionError.class);
        assertThatThrownBy(router::says_what_it_was_asked_and_why_it_decided_so).isInstanceOf(AssertionError.class);
        assertThatThrownBy(router::lists_candidates_best_first_and_each_once_and_the_chosen_among_them)
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(router::decides_or_declines_whatever_the_task).hasMessageContaining("no task");
    }
}
