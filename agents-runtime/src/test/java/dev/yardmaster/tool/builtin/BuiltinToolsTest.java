package dev.yardmaster.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.definition.AgentReader;
import org.junit.jupiter.api.Test;

class BuiltinToolsTest {

    @Test
    void are_those_that_agent_files_are_checked_against_unless_others_are_named() {
        assertThat(BuiltinTools.all().answersTo()).containsExactlyInAnyOrderElementsOf(AgentReader.DEFAULT_TOOLS);
    }
}
