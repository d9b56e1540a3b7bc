package dev.yardmaster.agent;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolSet;
import java.util.List;

/**
 * The tools that an agent has here: never more than its file names.
 *
 * @param tools what it may call
 * @param missing what its file names that is not there
 */
record Granted(ToolSet tools, List<String> missing) {

    /** @throws NoToolsException when the file names tools and none of them is there */
    static Granted of(AgentDefinition definition, ToolSet available) {
        ToolSet allowed = available.without(definition.disallowedTools());
        if (definition.tools().isEmpty()) {
            return new Granted(allowed, List.of());
        }
        List<String> named = definition.tools().get();
        ToolSet granted = allowed.only(named);
        List<String> missing =
                named.stream().filter(name -> available.find(name).isEmpty()).toList();
        if (!named.isEmpty() && missing.size() == named.size()) {
            throw new NoToolsException(definition.name(), definition.source(), named, available.names());
        }
        return new Granted(granted, missing);
    }

    List<String> names() {
        return tools.tools().stream().map(Tool::name).toList();
    }
}
