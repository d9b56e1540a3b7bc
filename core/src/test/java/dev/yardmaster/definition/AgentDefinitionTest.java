package dev.yardmaster.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AgentDefinitionTest {

    @Test
    void in_one_line_has_no_examples_and_is_cut_off_where_it_grows_too_long() {
        var agent = AgentDefinition.of(
                "tuner", "Makes slow\n queries fast. <example>user: \"slow\"</example>", "You tune.");
        assertThat(agent.inOneLine(100)).isEqualTo("tuner: Makes slow queries fast.");
        assertThat(agent.inOneLine(10)).isEqualTo("tuner: Makes slo…");
    }
}
