package dev.yardmaster.house;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The packages in order: a package imports only what its row names, and a row names only rows above it, so there can be
 * no cycle. A new package gets a row here, as far up as it can stand.
 */
final class Layout {

    static final String ROOT = "dev.yardmaster";

    private static final String CORE = "core";
    private static final String RUNTIME = "agents-runtime";

    /** Core: no model, no tool, no I/O library. */
    private static final List<Row> OF_CORE = List.of(
            Row.of(CORE, "event"),
            Row.of(CORE, "definition", "event"),
            Row.of(CORE, "graph", "event"),
            Row.of(CORE, "journal", "event"),
            Row.of(CORE, "run", "event", "graph", "journal"),
            Row.of(CORE, "replay", "event", "graph", "run"),
            Row.of(CORE, "pattern", "event", "graph"),
            Row.of(CORE, "diagram", "event", "graph"),
            Row.of(CORE, "routing", "event", "definition"));

    /** What agents are made of; {@code agent} and what stands on it see all of core. */
    private static final List<Row> OF_RUNTIME = List.of(
            Row.of(RUNTIME, "yaml", "event"),
            Row.of(RUNTIME, "workspace", "event"),
            Row.of(RUNTIME, "undo", "event", "workspace"),
            Row.of(RUNTIME, "worktree", "event", "graph", "workspace", "undo"),
            Row.of(RUNTIME, "tool", "event", "workspace"),
            Row.of(RUNTIME, "tool.web", "event", "workspace", "tool"),
            Row.of(RUNTIME, "tool.process", "event", "workspace"),
            Row.of(RUNTIME, "tool.media", "event", "tool"),
            Row.of(RUNTIME, "tool.builtin", "event", "workspace", "tool", "tool.web", "tool.process", "tool.media"),
            Row.of(RUNTIME, "permission", "event", "workspace", "tool"),
            Row.of(RUNTIME, "hook", "event", "tool", "tool.web", "tool.builtin", "permission"),
            Row.of(RUNTIME, "knowledge", "event", "definition", "workspace", "tool"),
            Row.of(RUNTIME, "model", "event", "tool", "yaml"),
            Row.of(RUNTIME, "context", "event", "tool", "model", "yaml"),
            Row.of(RUNTIME, "endpoint", "event", "model"));

    /** One folder, one technology, one jar. */
    private static final List<Row> INTEGRATIONS =
            List.of(Row.of("integrations/models", "models", "event", "tool", "model"));

    /** What a module's product may depend on; what its tests use is its own affair. */
    static final Map<String, Set<String>> MODULES = Map.of(
            CORE,
            Set.of(),
            RUNTIME,
            Set.of(CORE),
            "agents",
            Set.of(),
            "testkit",
            Set.of(CORE, RUNTIME),
            "integrations",
            Set.of(CORE, RUNTIME),
            "examples",
            Set.of(CORE, RUNTIME, "agents", "integrations"),
            "apps",
            Set.of(CORE, RUNTIME, "agents", "integrations", "examples"),
            "benchmarks",
            Set.of(CORE, RUNTIME, "agents", "integrations"));

    private Layout() {}

    static List<Row> rows() {
        var rows = new ArrayList<Row>(OF_CORE);
        rows.addAll(OF_RUNTIME);
        rows.add(Row.of(RUNTIME, "agent", names(rows)));
        rows.add(Row.of(RUNTIME, "dispatch", names(rows)));
        rows.add(Row.of(RUNTIME, "workflow", names(rows)));
        rows.add(Row.of(RUNTIME, "metrics", "event", "journal", "tool", "model", "agent"));
        List<String> ours = names(rows);
        rows.add(Row.of("integrations/journal-jdbc", "journal.jdbc", "event", "journal"));
        rows.add(Row.of("integrations/pdf", "pdf", "tool.media"));
        rows.add(Row.of("integrations/router-onnx", "router.onnx", "event", "routing"));
        rows.add(Row.of("testkit", "testkit", ours));
        rows.addAll(INTEGRATIONS);
        rows.add(Row.of("examples", "examples.*", ours));
        rows.add(Row.of("benchmarks", "benchmark.subject", ours));
        rows.add(Row.of("benchmarks", "benchmark", "benchmark.subject"));
        rows.add(Row.of("apps/cli", "cli.*", with(ours, "models", "journal.jdbc", "router.onnx", "examples.*")));
        return List.copyOf(rows);
    }

    private static List<String> names(List<Row> rows) {
        return rows.stream().map(Row::name).toList();
    }

    private static List<String> with(List<String> names, String... more) {
        var all = new ArrayList<String>(names);
        all.addAll(List.of(more));
        return all;
    }
}
