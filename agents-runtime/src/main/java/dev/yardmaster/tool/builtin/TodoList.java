package dev.yardmaster.tool.builtin;

import dev.yardmaster.event.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An agent's list of tasks. */
record TodoList(List<Todo> todos) {

    /** One task. @param activeForm what is shown while it is done */
    record Todo(String content, String status, String activeForm) {}

    static TodoList empty() {
        return new TodoList(List.of());
    }

    /** The list as the tool's schema has it. */
    static TodoList of(Json todos) {
        return new TodoList(Arrays.asList(todos.as(Todo[].class)));
    }

    /** How far it is, in a line: {@code 2/5 Running the tests}. */
    Optional<String> working() {
        return todos.stream()
                .filter(each -> each.status().equals("in_progress"))
                .findFirst()
                .map(each -> count("completed") + "/" + todos.size() + " " + each.activeForm());
    }

    /** The list, and what is different from the one before it. */
    String text(TodoList before) {
        Map<String, String> then =
                before.todos.stream().collect(Collectors.toMap(Todo::content, Todo::status, (first, second) -> second));
        var lines = new ArrayList<String>();
        lines.add(todos.isEmpty() ? "The list is empty" : counts());
        todos.forEach(each -> lines.add(mark(each.status()) + " " + each.content()
                + difference(Optional.ofNullable(then.get(each.content())), each.status(), before)));
        Map<String, Todo> now =
                todos.stream().collect(Collectors.toMap(Todo::content, Function.identity(), (first, second) -> second));
        before.todos.stream()
                .filter(each -> !now.containsKey(each.content()))
                .forEach(each -> lines.add("no longer there: " + mark(each.status()) + " " + each.content()));
        return String.join("\n", lines);
    }

    private static String difference(Optional<String> then, String status, TodoList before) {
        if (then.isEmpty()) {
            return before.todos.isEmpty() ? "" : " (new)";
        }
        return then.get().equals(status) ? "" : " (was " + then.get() + ")";
    }

    private String counts() {
        return todos.size() + (todos.size() == 1 ? " task: " : " tasks: ") + count("completed") + " completed, "
                + count("in_progress") + " in progress, " + count("pending") + " pending";
    }

    private long count(String status) {
        return todos.stream().filter(each -> each.status().equals(status)).count();
    }

    private static String mark(String status) {
        return switch (status) {
            case "completed" -> "[x]";
            case "in_progress" -> "[>]";
            default -> "[ ]";
        };
    }
}
