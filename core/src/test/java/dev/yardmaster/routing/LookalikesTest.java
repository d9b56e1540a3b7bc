package dev.yardmaster.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.definition.AgentDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookalikesTest {

    private static final AgentDefinition SAILOR =
            AgentDefinition.of("sailor", "Sails boats, reads charts and finds harbours", "You steer by compass.");
    private static final AgentDefinition BAKER =
            AgentDefinition.of("baker", "Bakes bread, rolls and cakes", "You knead dough and watch the oven.");

    @Test
    void are_specialists_that_say_the_same_of_when_to_call_them() {
        var copy = AgentDefinition.of("sailors", "Sails boats, reads charts and finds harbours", "You do it all.");
        List<Lookalikes.Pair> pairs = Lookalikes.among(List.of(copy, BAKER, SAILOR));
        assertThat(pairs).hasSize(1);
        assertThat(pairs.getFirst().first()).isEqualTo("sailor");
        assertThat(pairs.getFirst().second()).isEqualTo("sailors");
        assertThat(pairs.getFirst().what()).isEqualTo("description");
        assertThat(pairs.getFirst().words()).isNotEmpty();
    }

    @Test
    void are_those_with_the_same_body_under_another_description() {
        var other = AgentDefinition.of("cook", "Soups and stews for every day", BAKER.prompt());
        assertThat(Lookalikes.among(List.of(other, BAKER, SAILOR)))
                .extracting(Lookalikes.Pair::what)
                .containsExactly("body");
    }

    @Test
    void are_none_among_different_ones() {
        assertThat(Lookalikes.among(List.of(BAKER, SAILOR))).isEmpty();
        assertThat(Lookalikes.among(List.of())).isEmpty();
        assertThat(Lookalikes.among(List.of(AgentDefinition.of("a", "", ""), AgentDefinition.of("b", "", ""))))
                .isEmpty();
    }
}
