package dev.yardmaster.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.tool.Desk;
import dev.yardmaster.tool.Grant;
import dev.yardmaster.tool.InvalidArgumentsException;
import dev.yardmaster.tool.ReadFiles;
import dev.yardmaster.tool.ToolContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TodoWriteToolTest {

    @TempDir
    Path folder;

    Bench bench;

    @BeforeEach
    void open() {
        bench = Bench.on(folder);
    }

    static Object todo(String content, String status) {
        return Map.of("content", content, "status", status, "activeForm", "Doing: " + content);
    }

    String write(Object... todos) throws Exception {
        return bench.text("TodoWrite", "todos", List.of(todos));
    }

    @Test
    void answers_with_the_list_and_what_is_different_from_the_one_before() throws Exception {
        assertThat(write(todo("Read", "in_progress"), todo("Write", "pending")))
                .isEqualTo("2 tasks: 0 completed, 1 in progress, 1 pending\n[>] Read\n[ ] Write");
        assertThat(write(todo("Read", "completed"), todo("Test", "in_progress")))
                .isEqualTo(
                        "2 tasks: 1 completed, 1 in progress, 0 pending\n[x] Read (was in_progress)\n[>] Test (new)\n"
                                + "no longer there: [ ] Write");
        assertThat(write()).isEqualTo("The list is empty\nno longer there: [x] Read\nno longer there: [>] Test");
    }

    @Test
    void goes_on_from_a_recorded_call_of_an_earlier_process() throws Exception {
        var tool = new TodoWriteTool();
        var desk = new Desk();
        desk.worked(tool, Bench.call("TodoWrite", "todos", List.of(todo("Read", "pending"))));
        var shown = new ArrayList<String>();
        var context =
                new ToolContext(bench.workspace, new ReadFiles(), shown::add, Grant.inside(bench.workspace), desk);
        assertThat(tool.run(Bench.call("TodoWrite", "todos", List.of(todo("Read", "in_progress"))), context)
                        .forModel())
                .endsWith("[>] Read (was pending)");
        assertThat(shown).containsExactly("0/1 Doing: Read");
    }

    @Test
    void says_what_is_wrong_with_any_of_the_tasks() {
        assertThatExceptionOfType(InvalidArgumentsException.class)
                .isThrownBy(() -> write(todo("Read", "done"), Map.of("content", "x", "status", "pending")))
                .withMessageContaining("'todos[0].status' has to be one of [\"pending\",\"in_progress\",\"completed\"]")
                .withMessageContaining("the parameter 'todos[1].activeForm' is missing");
    }
}
