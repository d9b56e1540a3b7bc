package dev.yardmaster.journal.jdbc.kill;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where in a run a process was killed, by what its journal held then; a kill may be at several. */
enum Place {
    RECOVERY("while it was being taken over"),
    FAN_OUT("with several branches under way"),
    ELEMENTS("among the elements of a forEach"),
    SUBGRAPH("in a subgraph"),
    WAITING("while it waited for an answer"),
    TURN("in an agent's turn"),
    PARALLEL_CALLS("with several tool calls in flight"),
    EFFECT("in a step that is not READ_ONLY");

    private final String words;

    Place(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** @param survived the entries that were there when the run was taken over after the kill */
    static Set<Place> of(List<RunEvent.Recorded> survived) {
        var nodes = new HashSet<NodePath>();
        var questions = new HashSet<String>();
        var steps = new HashMap<String, Effect>();
        for (RunEvent.Recorded each : survived) {
            NodePath at = each.entry().at();
            switch (each.entry().fact()) {
                case Fact.NodeStarted started -> nodes.add(at);
                case Fact.NodeCompleted completed -> nodes.remove(at);
                case Fact.StepStarted step -> steps.put(at + " " + step.step(), step.effect());
                case Fact.StepFinished step -> steps.remove(at + " " + step.step());
                case Fact.QuestionAsked asked -> questions.add(asked.id());
                case Fact.QuestionAnswered answered ->
                    questions.remove(answered.answer().question());
                default -> {}
            }
        }
        var places = EnumSet.noneOf(Place.class);
        add(places, RECOVERY, survived.getLast().entry().fact() instanceof Fact.RunResumed);
        add(places, FAN_OUT, nodes.size() > 1);
        add(places, ELEMENTS, nodes.stream().anyMatch(node -> node.value().contains("[")));
        add(places, SUBGRAPH, nodes.stream().anyMatch(node -> node.value().startsWith("inner/")));
        add(places, WAITING, !questions.isEmpty());
        add(places, TURN, nodes.contains(NodePath.of(KillWorkflow.AGENT)));
        add(places, PARALLEL_CALLS, calls(steps) > 1);
        add(places, EFFECT, steps.values().stream().anyMatch(effect -> effect != Effect.READ_ONLY));
        return places;
    }

    private static long calls(Map<String, Effect> steps) {
        return steps.keySet().stream()
                .filter(step -> step.matches(KillWorkflow.AGENT + " turn/\\d+/call/\\d+"))
                .count();
    }

    private static void add(Set<Place> places, Place place, boolean there) {
        if (there) {
            places.add(place);
        }
    }
}
