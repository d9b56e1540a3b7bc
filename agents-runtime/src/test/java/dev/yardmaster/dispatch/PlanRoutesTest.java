package dev.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.routing.Match;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanRoutesTest {

    @Test
    void asks_no_model_about_what_an_earlier_version_had_the_router_decide() {
        assertThat(new PlanRoutes(List.of(unsure(), unsure("coder")), List.of()).open())
                .hasSize(1);
    }

    private static RoutedSubtask unsure(String... candidates) {
        var subtask = new Subtask("s", "do it", Optional.empty(), List.of(), List.of("done"), List.of("a file"));
        var match = new Match("do it", List.of(), Optional.of("coder"), Match.Stage.LEXICAL, "its words");
        var route = new Route(match, Optional.empty(), List.of(), List.of("coder", "tester"));
        return new RoutedSubtask(subtask, route, List.of(candidates), false);
    }
}
