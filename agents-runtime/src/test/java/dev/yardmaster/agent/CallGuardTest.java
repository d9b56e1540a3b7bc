package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yardmaster.event.Json;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CallGuardTest {

    final CallGuard guard = new CallGuard("worker");
    int calls;

    /** Makes a call that hears this, and says whether it was let through. */
    boolean passes(String tool, String hears) {
        String step = "call/" + calls++;
        Optional<String> refused = guard.refusal(step, new ToolCall("id", tool, Json.of(Map.of("of", tool))));
        if (refused.isEmpty()) {
            guard.heard(step, new ToolResult.Text(hears));
        }
        return refused.isEmpty();
    }

    List<Boolean> passing(int rounds, String... tools) {
        var passed = new ArrayList<Boolean>();
        for (int i = 0; i < rounds; i++) {
            for (String tool : tools) {
                passed.add(passes(tool, "the same"));
            }
        }
        return passed;
    }

    @Nested
    class The_same_call {
        @Test
        void is_refused_from_the_third_in_a_row_and_ends_the_work_at_the_sixth() {
            assertThat(passing(5, "Read")).containsExactly(true, true, false, false, false);
            assertThatThrownBy(() -> passes("Read", ""))
                    .isInstanceOf(AgentStoppedException.class)
                    .hasMessageContaining("'worker' was stopped: it made the same call 6 times in a row (Read)")
                    .extracting(e -> ((AgentStoppedException) e).kind())
                    .isEqualTo("agent.loop-detected");
        }

        @Test
        void is_let_through_for_as_long_as_it_hears_something_else() {
            for (int i = 0; i < 20; i++) {
                assertThat(passes("BashOutput", "line " + i)).isTrue();
            }
        }

        @Test
        void is_let_through_again_after_another_one() {
            assertThat(passing(3, "Read")).endsWith(false);
            assertThat(passes("Grep", "x")).isTrue();
            assertThat(passing(3, "Read")).containsExactly(true, true, false);
        }
    }

    @Nested
    class Two_calls_in_turn {
        @Test
        void are_refused_from_the_fifth_round_and_end_the_work_at_the_tenth() {
            List<Boolean> passed = passing(9, "Read", "Bash");
            assertThat(passed.subList(0, 8)).containsOnly(true);
            assertThat(passed.subList(8, 18)).containsOnly(false);
            assertThatThrownBy(() -> passes("Read", ""))
                    .isInstanceOf(AgentStoppedException.class)
                    .hasMessageContaining("the same two calls in turn, 10 times (Read, Bash)");
        }

        @Test
        void go_on_when_one_of_them_hears_something_else() {
            for (int i = 0; i < 20; i++) {
                assertThat(passes("Bash", "slept")).isTrue();
                assertThat(passes("BashOutput", "line " + i)).isTrue();
            }
        }
    }

    @Test
    void different_calls_are_never_refused() {
        for (int i = 0; i < 60; i++) {
            assertThat(passes("Read" + i % 3, "the same")).isTrue();
        }
    }

    @Test
    void tools_that_there_are_not_count_together_whatever_their_names() {
        for (int i = 0; i < 10; i++) {
            guard.unknownTool("Invented" + i % 4, List.of("Read"));
        }
        assertThatThrownBy(() -> guard.unknownTool("Another", List.of("Read")))
                .hasMessageContaining("called tools that there are not 11 times (Another, Invented0, Invented1")
                .hasMessageContaining("it has Read")
                .extracting(e -> ((AgentStoppedException) e).reason())
                .isEqualTo(AgentStoppedException.Reason.UNKNOWN_TOOLS);
    }
}
