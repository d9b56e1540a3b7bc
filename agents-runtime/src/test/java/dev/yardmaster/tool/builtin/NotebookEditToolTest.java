package dev.yardmaster.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.event.Json;
import dev.yardmaster.permission.Decision.Behavior;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.tool.ReadFiles;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookEditToolTest {

    private static final String NOTEBOOK = """
            {
             "cells": [
              {
               "cell_type": "markdown",
               "id": "intro",
               "metadata": {},
               "source": [
                "# Sales, \\"raw\\" {[\\n",
                "of a year"
               ]
              },
              {
               "cell_type": "code",
               "execution_count": 7,
               "id": "sum",
               "metadata": {"tags":  ["keep"]},
               "outputs": [
                {"output_type": "stream", "name": "stdout", "text": ["1.50e3\\n"]}
               ],
               "source": "sum(rows)"
              }
             ],
             "metadata": {"x": 1.50e3},
             "nbformat": 4,
             "nbformat_minor": 5
            }
            """;

    @TempDir
    Path folder;

    private Path file;
    private ToolContext context;
    private final NotebookEditTool tool = new NotebookEditTool();

    @BeforeEach
    void write() throws IOException {
        folder = folder.toRealPath();
        file = Files.writeString(folder.resolve("sales.ipynb"), NOTEBOOK);
        context = new ToolContext(Workspace.of(folder), new ReadFiles(), line -> {});
    }

    private ToolCall call(String... more) {
        var arguments = new HashMap<String, Object>(Map.of("notebook_path", "sales.ipynb", "new_source", ""));
        for (int i = 0; i < more.length; i += 2) {
            arguments.put(more[i], more[i + 1]);
        }
        return new ToolCall("1", "NotebookEdit", Json.of(arguments));
    }

    private String edited(String... more) throws Exception {
        return tool.run(call(more), context).forModel();
    }

    private void read() throws Exception {
        ToolResult read =
                new ReadTool().run(new ToolCall("1", "Read", Json.of(Map.of("file_path", "sales.ipynb"))), context);
        assertThat(read.forModel()).contains("[cell 1, code, id sum]");
    }

    private String text() throws IOException {
        return Files.readString(file);
    }

    @Test
    void replaces_a_cell_and_leaves_all_else_as_it_is() throws Exception {
        read();
        assertThat(edited("cell_id", "sum", "new_source", "total = sum(rows)\nprint(\"ü\")"))
                .isEqualTo("Replaced cell 1 of sales.ipynb");
        assertThat(text())
                .isEqualTo(NOTEBOOK.replace("\"execution_count\": 7", "\"execution_count\": null")
                        .replace("""
                        "outputs": [
                            {"output_type": "stream", "name": "stdout", "text": ["1.50e3\\n"]}
                           ],
                        """.indent(0).stripTrailing(), "\"outputs\": [],")
                        .replace("\"source\": \"sum(rows)\"", """
                        "source": [
                            "total = sum(rows)\\n",
                            "print(\\"ü\\")"
                           ]""".indent(0).stripTrailing()));
        assertThat(edited("cell_id", "intro", "new_source", "# Sales")).startsWith("Replaced cell 0");
        assertThat(text()).contains("\"tags\":  [\"keep\"]", "\"x\": 1.50e3");
    }

    @Test
    void inserts_and_deletes_cells() throws Exception {
        read();
        assertThat(edited("edit_mode", "insert", "cell_type", "code", "cell_id", "intro", "new_source", "x = 1"))
                .isEqualTo("Inserted a cell after cell 0 of sales.ipynb");
        assertThat(edited("edit_mode", "insert", "cell_type", "markdown", "new_source", "first"))
                .isEqualTo("Inserted a cell at the beginning of sales.ipynb");
        JsonNode cells = Json.parse(text()).as(JsonNode.class).path("cells");
        assertThat(cells)
                .extracting(cell -> cell.path("source").toString())
                .containsExactly(
                        "[\"first\"]",
                        "[\"# Sales, \\\"raw\\\" {[\\n\",\"of a year\"]",
                        "[\"x = 1\"]",
                        "\"sum(rows)\"");
        assertThat(cells)
                .allSatisfy(cell -> assertThat(cell.path("id").asText()).isNotEmpty());
        assertThat(edited("edit_mode", "delete", "cell_id", "0")).startsWith("Deleted cell 0");
        assertThat(edited("edit_mode", "delete", "cell_id", "cell-1")).startsWith("Deleted cell 1");
        assertThat(text()).isEqualTo(NOTEBOOK);
        assertThat(edited("edit_mode", "delete", "cell_id", "sum")).startsWith("Deleted");
        assertThat(edited("edit_mode", "delete", "cell_id", "intro")).startsWith("Deleted");
        assertThat(text()).contains("\"cells\": []");
        assertThat(edited("edit_mode", "insert", "cell_type", "code", "new_source", ""))
                .startsWith("Inserted");
        assertThat(Json.parse(text()).as(JsonNode.class).path("cells")).hasSize(1);
    }

    @Test
    void makes_a_cell_one_of_another_kind() throws Exception {
        read();
        edited("cell_id", "sum", "cell_type", "markdown", "new_source", "text");
        JsonNode cell = Json.parse(text()).as(JsonNode.class).path("cells").path(1);
        assertThat(cell.properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("cell_type", "id", "metadata", "source");
        assertThat(cell.path("metadata").path("tags").path(0).asText()).isEqualTo("keep");
    }

    @Test
    void wants_the_notebook_read_as_it_is() throws Exception {
        assertThat(edited("cell_id", "sum", "new_source", "x")).contains("was not read; read it first");
        read();
        Files.writeString(file, NOTEBOOK.replace("raw", "RAW"));
        assertThat(edited("cell_id", "sum", "new_source", "x")).contains("has changed on disk since you read it");
        assertThat(text()).contains("RAW").contains("sum(rows)");
    }

    @Test
    void a_notebook_that_was_read_as_cells_is_not_one_whose_text_was_read() throws Exception {
        read();
        ToolResult written = new WriteTool()
                .run(new ToolCall("1", "Write", Json.of(Map.of("file_path", "sales.ipynb", "content", "{}"))), context);
        assertThat(written.forModel()).contains("was not read whole");
        assertThat(text()).isEqualTo(NOTEBOOK);
    }

    @Test
    void says_what_does_not_fit() throws Exception {
        read();
        assertThat(edited("cell_id", "nope", "new_source", "x")).contains("there is no cell 'nope'", "it has 2");
        assertThat(edited("new_source", "x")).contains("say which by cell_id");
        assertThat(edited("edit_mode", "insert", "new_source", "x")).contains("needs a cell_type");
        assertThat(text()).isEqualTo(NOTEBOOK);
    }

    @Test
    void is_governed_by_rules_for_edits() {
        Workspace workspace = Workspace.of(folder);
        assertThat(Policy.of(Mode.DEFAULT).decide(tool, call(), workspace).behavior())
                .isEqualTo(Behavior.ASK);
        assertThat(Policy.acceptEdits().decide(tool, call(), workspace).behavior())
                .isEqualTo(Behavior.ALLOW);
        assertThat(Policy.acceptEdits()
                        .with(Rule.deny("Edit(*.ipynb)", "test"))
                        .decide(tool, call(), workspace)
                        .behavior())
                .isEqualTo(Behavior.DENY);
        assertThat(Policy.of(Mode.PLAN).decide(tool, call(), workspace).behavior())
                .isEqualTo(Behavior.DENY);
    }

    @Test
    void can_be_told_after_a_crash_to_have_happened_or_not() throws Exception {
        ToolCall call = call("edit_mode", "insert", "cell_type", "code", "cell_id", "sum", "new_source", "x = 1");
        Json before = tool.beforehand(call, context);
        assertThat(tool.probe(call, before, context)).isEmpty();
        read();
        tool.run(call, context);
        assertThat(tool.probe(call, before, context).map(ToolResult::succeeded)).isEqualTo(Optional.of(true));
    }
}
