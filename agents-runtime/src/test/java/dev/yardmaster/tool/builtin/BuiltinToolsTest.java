package dev.yardmaster.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.definition.AgentReader;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class BuiltinToolsTest {

    @Test
    void are_those_that_agent_files_are_checked_against_unless_others_are_named() {
        var names = new ArrayList<>(BuiltinTools.all().answersTo());
        names.add("Skill"); // a runtime adds it, with the skills that it found
        assertThat(names).containsExactlyInAnyOrderElementsOf(AgentReader.DEFAULT_TOOLS);
    }
}
