package dev.yardmaster.routing;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.definition.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An example, and whose it is.
 *
 * @param agent its agent's place in the list
 * @param example as the file has it
 * @param words the stems of what the user says
 */
record OwnedExample(int agent, Example example, Set<String> words) {

    static List<OwnedExample> of(List<AgentDefinition> agents) {
        var all = new ArrayList<OwnedExample>();
        for (int i = 0; i < agents.size(); i++) {
            for (Example example : agents.get(i).examples()) {
                all.add(new OwnedExample(i, example, Set.copyOf(Words.of(example.user()))));
            }
        }
        return List.copyOf(all);
    }
}
