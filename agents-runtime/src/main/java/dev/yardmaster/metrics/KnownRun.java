package dev.yardmaster.metrics;

import dev.yardmaster.agent.AgentProfile;
import dev.yardmaster.agent.AgentStep;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.journal.Journal;
import java.util.HashMap;
import java.util.Map;

/**
 * What was recorded of a run before it was met.
 *
 * @param agents who works, by node and scope
 */
record KnownRun(String graph, Map<Scope, AgentProfile> agents) {

    /** Where an agent works. @param name what precedes the names of its steps */
    record Scope(dev.yardmaster.event.NodePath node, String name) {}

    static final KnownRun UNKNOWN = new KnownRun("unknown", Map.of());

    static KnownRun of(Journal journal, RunId run) {
        String graph = UNKNOWN.graph();
        var agents = new HashMap<Scope, AgentProfile>();
        for (RunEvent.Recorded each : journal.read(run, 0)) {
            switch (each.entry().fact()) {
                case Fact.RunAdmitted admitted -> graph = admitted.graph();
                case Fact.StepFinished step ->
                    AgentStep.find(step.step())
                            .filter(agent -> agent.kind() == AgentStep.Kind.AGENT)
                            .flatMap(agent -> step.output()
                                    .map(profile -> agents.put(
                                            new Scope(each.entry().at(), agent.scope()),
                                            profile.as(AgentProfile.class))));
                default -> {}
            }
        }
        return new KnownRun(graph, agents);
    }
}
