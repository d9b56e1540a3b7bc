package dev.yardmaster.metrics;

import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.Failure;
import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is observed of one run; told in the order of its journal. */
final class RunTrace {

    /** A failure of the record, as observations want it. */
    private static final class Recorded extends Exception {

        private static final long serialVersionUID = 1;

        private Recorded(Failure failure) {
            super(failure.kind() + ": " + failure.message(), null, false, false);
        }
    }

    private final ObservationRegistry registry;
    private final RunId run;
    private final AgentTraces agents;
    private final Map<NodePath, Observation> nodes = new LinkedHashMap<>();
    private final Map<String, Observation> questions = new HashMap<>();
    private String graph;
    private @Nullable Observation whole;

    RunTrace(ObservationRegistry registry, RunId run, KnownRun history) {
        this.registry = registry;
        this.run = run;
        this.graph = history.graph();
        this.agents = new AgentTraces(this, history);
    }

    /** @return whether the run is over */
    synchronized boolean heard(RunEvent.Recorded recorded) {
        Entry entry = recorded.entry();
        switch (entry.fact()) {
            case Fact.RunAdmitted admitted -> graph = admitted.graph();
            case Fact.NodeStarted started -> node(entry.at(), started.attempt());
            case Fact.NodeCompleted completed -> end(entry.at(), null);
            case Fact.NodeFailed failed -> end(entry.at(), failed.failure());
            case Fact.StepStarted step -> agents.started(entry.at(), step);
            case Fact.StepFinished step -> agents.finished(entry.at(), step);
            case Fact.QuestionAsked asked -> {
                Observation waits = observation("yardmaster.question", "question", of(entry.at()));
                questions.put(
                        asked.id(),
                        waits.highCardinalityKeyValue("yardmaster.question", asked.id())
                                .start());
            }
            case Fact.QuestionAnswered answered -> {
                Observation waited = questions.remove(answered.answer().question());
                if (waited != null) {
                    waited.stop();
                }
            }
            case Fact.RunCompleted completed -> {
                return over("completed", List.of());
            }
            case Fact.RunFailed failed -> {
                return over("failed", failed.failures());
            }
            case Fact.RunCancelled cancelled -> {
                return over("cancelled", List.of());
            }
            default -> {}
        }
        return false;
    }

    private boolean over(String status, List<Failure> failures) {
        Observation all = whole();
        all.lowCardinalityKeyValue("yardmaster.status", status);
        failures.stream().findFirst().ifPresent(first -> fail(all, first));
        close();
        return true;
    }

    synchronized void close() {
        questions.values().forEach(Observation::stop);
        agents.close();
        nodes.values().forEach(Observation::stop);
        whole().stop();
        questions.clear();
        nodes.clear();
    }

    private Observation whole() {
        if (whole == null) {
            whole = Observation.createNotStarted("yardmaster.run", registry)
                    .contextualName("run " + graph)
                    .lowCardinalityKeyValue("yardmaster.graph", graph)
                    .lowCardinalityKeyValue("yardmaster.status", "left")
                    .lowCardinalityKeyValue("error.type", "none")
                    .highCardinalityKeyValue("yardmaster.run", run.value())
                    .start();
        }
        return whole;
    }

    private void node(NodePath at, int attempt) {
        String name = Places.node(at);
        Observation node = observation("yardmaster.node", "node " + name, around(at))
                .lowCardinalityKeyValue("yardmaster.node", name)
                .lowCardinalityKeyValue("yardmaster.status", "left")
                .highCardinalityKeyValue("yardmaster.path", at.value())
                .highCardinalityKeyValue("yardmaster.attempt", String.valueOf(attempt));
        nodes.put(at, node.start());
    }

    private Observation around(NodePath at) {
        int slash = at.value().lastIndexOf('/');
        return slash < 0 ? whole() : of(NodePath.of(at.value().substring(0, slash)));
    }

    private void end(NodePath at, @Nullable Failure failure) {
        agents.end(at, failure);
        Observation node = nodes.remove(at);
        if (node != null) {
            if (failure != null) {
                fail(node, failure);
            }
            node.lowCardinalityKeyValue("yardmaster.status", failure == null ? "completed" : "failed");
            node.stop();
        }
    }

    /** What is observed of an execution, or of what it is inside of. */
    Observation of(NodePath at) {
        Observation node = nodes.get(at);
        return node != null ? node : at.isRun() ? whole() : around(at);
    }

    /** One that is not yet begun, below another. */
    Observation observation(String name, String title, Observation parent) {
        return Observation.createNotStarted(name, registry)
                .contextualName(title)
                .parentObservation(parent)
                .lowCardinalityKeyValue("yardmaster.graph", graph)
                .lowCardinalityKeyValue("error.type", "none")
                .highCardinalityKeyValue("yardmaster.run", run.value());
    }

    static void fail(Observation observation, Failure failure) {
        observation.lowCardinalityKeyValue("error.type", failure.kind());
        observation.error(new Recorded(failure));
    }
}
