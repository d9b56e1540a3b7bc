package dev.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTest {

    static Subtask subtask(String id, String... after) {
        return new Subtask(id, "Do " + id, Optional.empty(), List.of(after), List.of("it works"), List.of(id + ".txt"));
    }

    static List<String> problems(Subtask... subtasks) {
        return assertThatExceptionOfType(InvalidPlanException.class)
                .isThrownBy(() -> new Plan(Arrays.asList(subtasks)))
                .actual()
                .problems();
    }

    @Test
    void without_problems_is_as_it_was_proposed() {
        var plan = new Plan(List.of(subtask("a"), subtask("b", "a"), subtask("c", "a"), subtask("d", "b", "c")));
        assertThat(plan.subtasks()).extracting(Subtask::id).containsExactly("a", "b", "c", "d");
    }

    @Test
    void may_name_what_comes_later() {
        assertThat(new Plan(List.of(subtask("b", "a"), subtask("a"))).subtasks())
                .hasSize(2);
    }

    @Test
    void of_nothing_is_refused() {
        assertThat(problems()).containsExactly("it has no subtasks; give it at least one");
    }

    @Test
    void in_a_circle_is_refused_and_the_circle_is_named() {
        assertThat(problems(subtask("begin-here", "c"), subtask("a", "c"), subtask("b", "a"), subtask("c", "b")))
                .containsExactly("these subtasks wait for each other: c → b → a → c; take one 'after' out");
    }

    @Test
    void tells_all_problems_at_once() {
        assertThat(problems(
                        subtask("api"),
                        subtask("api", "api"),
                        subtask("ui", "ap"),
                        subtask("no blanks"),
                        subtask("begin"),
                        new Subtask("empty", " ", Optional.empty(), List.of(), List.of(), List.of(" "))))
                .containsExactly(
                        "two subtasks are called 'api'; rename one",
                        "the id 'no blanks' is not usable: letters, digits, - and _, beginning with a letter or digit",
                        "the id 'begin' has a meaning of its own; choose another",
                        "subtask 'api' comes after itself; take that out",
                        "subtask 'ui' comes after 'ap', which is no subtask; did you mean 'api'?",
                        "subtask 'empty' says nothing of what is to be done; give it a task",
                        "subtask 'empty' has no acceptance; say what can be checked when it is done",
                        "subtask 'empty' has no outputs; say what it leaves behind");
    }
}
