package dev.yardmaster.router.onnx.learn;

import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.definition.Example;
import dev.yardmaster.routing.HybridRouter;
import dev.yardmaster.routing.Router;
import dev.yardmaster.routing.RoutingReport;
import dev.yardmaster.routing.RoutingReport.Query;
import dev.yardmaster.routing.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A collection of agents with tasks of which it is known who should get them.
 *
 * @param byHand whether the tasks were written for this
 * @param agents with the examples that the tasks may be known by
 * @param tasks for these agents; those for others in the file are left out
 * @param choices the same tasks, for learning
 */
record Labelled(String name, boolean byHand, List<AgentDefinition> agents, List<Query> tasks, List<Choice> choices) {

    /** @param byHand the tasks stand for the examples of their agents, in place of those in the files */
    static Labelled read(Path queries, Path folder, boolean byHand, Turned model, Path cache) throws IOException {
        Map<String, AgentDefinition> agents = AgentCatalog.builder().folder(folder).build().all().stream()
                .collect(Collectors.toMap(AgentDefinition::name, each -> each));
        List<Query> tasks = RoutingReport.queries(Files.readAllLines(queries)).stream()
                .filter(each -> agents.containsKey(each.agent()))
                .toList();
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("no task in '" + queries + "' is for an agent in '" + folder + "'");
        }
        List<AgentDefinition> sorted = agents.values().stream()
                .map(each -> byHand ? with(each, tasks) : each)
                .sorted(Comparator.comparing(AgentDefinition::name))
                .toList();
        var around = new Surroundings(sorted, model, cache);
        var choices = new ArrayList<Choice>();
        for (Query task : tasks) {
            choices.add(Choice.of(task.agent(), model.embed(task.query()), around.of(task.query())));
        }
        String file = queries.getFileName().toString();
        return new Labelled(file.replace(".jsonl", ""), byHand, sorted, tasks, List.copyOf(choices));
    }

    private static AgentDefinition with(AgentDefinition agent, List<Query> tasks) {
        AgentDefinition bare = agent.withoutExamples();
        return new AgentDefinition(
                bare.name(),
                bare.description(),
                bare.tools(),
                bare.disallowedTools(),
                bare.model(),
                bare.permissionMode(),
                bare.maxTurns(),
                bare.color(),
                bare.prompt(),
                tasks.stream()
                        .filter(each -> each.agent().equals(agent.name()))
                        .map(each -> new Example("", each.query(), "", ""))
                        .toList(),
                bare.checklist(),
                bare.extensions(),
                bare.source(),
                bare.sha256());
    }

    Router withoutExamples(Turned model, Path cache) {
        return HybridRouter.of(
                agents.stream().map(AgentDefinition::withoutExamples).toList(), model, cache);
    }

    Router leavingOneOut(Turned model, Path cache) {
        return HybridRouter.of(agents, model, cache).leavingOneOut();
    }

    /** Those of the tasks whose agent has an example left when theirs is left out. */
    List<Query> withOthers(List<Query> some) {
        Map<String, Integer> examples = agents.stream()
                .collect(Collectors.toMap(
                        AgentDefinition::name, each -> each.examples().size()));
        return byHand
                ? some.stream().filter(each -> examples.get(each.agent()) > 1).toList()
                : some;
    }

    List<Query> tasksOf(Collection<String> names) {
        return tasks.stream().filter(each -> names.contains(each.agent())).toList();
    }

    List<Choice> choicesOf(Collection<String> names) {
        return choices.stream().filter(each -> names.contains(each.agent())).toList();
    }
}
