package dev.yardmaster.testkit;

import static dev.yardmaster.testkit.RunAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.routing.LexicalRouter;
import dev.yardmaster.routing.RoutingReport;
import dev.yardmaster.routing.RoutingReport.Query;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutingAssertTest {

    private final RoutingReport report = RoutingReport.measure(
            new LexicalRouter(List.of(
                    AgentDefinition.of("baker", "Bakes bread and rolls", "You bake."),
                    AgentDefinition.of("sailor", "Sails boats and ships", "You sail."))),
            List.of(task("baker", "bake rolls and bread"), task("baker", "sail boats"), task("sailor", "xyzzy plugh")));

    private static Query task(String agent, String text) {
        return new Query(agent, text, Optional.empty());
    }

    @Test
    void holds_what_is_as_good_as_it_should_be() {
        assertThat(report).choosesRightly(0.33).hasTheRightOneAmongThree(0.33).declinesAtMost(1);
    }

    @Test
    void fails_with_who_was_confused_with_whom() {
        assertThatThrownBy(() -> assertThat(report).choosesRightly(0.9))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("0.333 of 3 tasks were chosen rightly, and 0.900 should be")
                .hasMessageContaining("1 × baker → sailor");
        assertThatThrownBy(() -> assertThat(report).declinesAtMost(0))
                .hasMessageContaining("1 of 3 tasks were declined");
    }
}
