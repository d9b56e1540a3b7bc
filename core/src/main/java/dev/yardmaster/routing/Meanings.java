package dev.yardmaster.routing;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * What agents mean: vectors of their description, of the passages of their body and of their examples. Of examples all
 * count alike, by their mean: the nearest of many is nearer by chance. All are compared with what is sought
 * ({@link Embedder#sought}); whether anybody is near at all, and whether an example says the same, is asked of the task's own
 * vector. Weights by measurement; see docs/decisions/0091, 0097, 0130 and 0136.
 */
final class Meanings {

    static final double HEADLINE = 35;
    static final double BODY = 70;

    /** What the mean nearness of its examples counts, above what headline and body let expect. */
    private static final double KINDRED = 28;

    private static final double EXPECTED_OF_HEADLINE = 0.24;
    private static final double EXPECTED_OF_BODY = 0.28;

    /** Nearer than this, a task says the same as the example. */
    private static final double SAME_FROM = 0.75;

    private static final double SAME = 150;

    /** What a headline counts that is near to everybody's: when nothing special is said, who does the usual is meant. */
    private static final double USUAL = 35;

    /** So many of no likeness are thought beside a team: that of a few says little of what is usual. */
    private static final int UNKNOWN_OTHERS = 10;

    /** What of closeness is that of the headline; the rest is that of the body. */
    private static final double CLOSE_HEADLINE = 0.25;

    private final Embedder embedder;
    private final List<AgentVectors> agents;
    private final List<OwnedExample> examples;
    private final double[] standing;
    private final Elsewhere elsewhere;

    private Meanings(Embedder embedder, List<AgentVectors> agents, List<OwnedExample> examples, Elsewhere elsewhere) {
        this.embedder = embedder;
        this.elsewhere = elsewhere;
        this.agents = agents;
        this.examples = examples;
        standing = standing(agents, embedder.asked());
    }

    /** What speaks for each agent whatever the task is. */
    private static double[] standing(List<AgentVectors> agents, float[][] asked) {
        double[] usual = usual(agents);
        double[] pull = Pull.of(agents, asked);
        return IntStream.range(0, agents.size())
                .mapToDouble(i -> USUAL * usual[i] - pull[i])
                .toArray();
    }

    /** How near each headline is to those of the others. */
    private static double[] usual(List<AgentVectors> agents) {
        if (agents.isEmpty()) {
            return new double[0];
        }
        var sum = new float[agents.getFirst().headline().length];
        for (AgentVectors each : agents) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += each.headline()[i];
            }
        }
        return agents.stream()
                .map(AgentVectors::headline)
                .mapToDouble(one -> (AgentVectors.cosine(one, sum) - AgentVectors.cosine(one, one))
                        / (agents.size() - 1 + UNKNOWN_OTHERS))
                .toArray();
    }

    /** @param sorted in the order of the tallies */
    static Meanings of(List<AgentDefinition> sorted, Embedder embedder, VectorCache cache) {
        List<OwnedExample> examples = OwnedExample.of(sorted);
        List<Callable<AgentVectors>> work = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            int agent = i;
            List<String> said = examples.stream()
                    .filter(each -> each.agent() == agent)
                    .map(each -> each.example().user())
                    .toList();
            work.add(() -> vectors(sorted.get(agent), said, embedder, cache));
        }
        return new Meanings(embedder, all(work), examples, Elsewhere.of(embedder, cache));
    }

    private static List<AgentVectors> all(List<Callable<AgentVectors>> work) {
        var vectors = new ArrayList<AgentVectors>();
        try (var workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (var each : work.stream().map(workers::submit).toList()) {
                vectors.add(each.get());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the agents' texts were embedded", e);
        }
        return List.copyOf(vectors);
    }

    private static AgentVectors vectors(
            AgentDefinition agent, List<String> said, Embedder embedder, VectorCache cache) {
        List<String> passages = Passages.of(agent);
        var texts = new ArrayList<>(passages);
        texts.addAll(said);
        String key = Json.of(List.of(String.valueOf(Passages.RULES), embedder.name(), texts))
                .sha256();
        float[][] all = cache.find(key)
                .filter(found -> found.length == texts.size())
                .orElseGet(() -> {
                    float[][] made = texts.stream().map(embedder::embed).toArray(float[][]::new);
                    cache.put(key, made);
                    return made;
                });
        return new AgentVectors(
                Arrays.copyOfRange(all, 0, passages.size()), Arrays.copyOfRange(all, passages.size(), all.length));
    }

    View of(Asked asked) {
        return new View(asked);
    }

    /** In the order of the tallies. */
    List<AgentVectors> agents() {
        return agents;
    }

    /** What speaks for an agent whatever the task is, in points. */
    double standing(int agent) {
        return standing[agent];
    }

    /** All agents as seen from a task. */
    final class View {

        private final Asked asked;
        private final float[] task;

        private View(Asked asked) {
            this.asked = asked;
            task = asked.text().isBlank() ? new float[0] : embedder.embed(asked.text());
        }

        /** Adds to the tallies of all agents; nothing for a task that says nothing. */
        void tally(List<Tally> tallies) {
            if (task.length == 0) {
                return;
            }
            float[] sought = embedder.sought(task);
            int next = 0;
            for (int i = 0; i < agents.size(); i++) {
                AgentVectors each = agents.get(i);
                Tally tally = tallies.get(i);
                double headline = each.headline(sought);
                double body = each.body(sought);
                tally.meaning(HEADLINE * headline + BODY * body + standing[i]);
                double nearest = 0;
                double sum = 0;
                int counted = 0;
                for (float[] vector : each.examples()) {
                    if (!asked.leftOut().test(examples.get(next++).words())) {
                        nearest = Math.max(nearest, AgentVectors.cosine(task, vector));
                        sum += AgentVectors.cosine(sought, vector);
                        counted++;
                    }
                }
                if (counted > 0) {
                    double expected = EXPECTED_OF_HEADLINE * headline + EXPECTED_OF_BODY * body;
                    tally.nearestExample(nearest);
                    tally.examples(KINDRED * (sum / counted - expected) + SAME * Math.max(0, nearest - SAME_FROM));
                }
            }
        }

        /** How near the task itself is to an agent: a cosine. */
        double closeness(Tally tally) {
            AgentVectors vectors = agents.get(tally.agent);
            double near = CLOSE_HEADLINE * vectors.headline(task) + (1 - CLOSE_HEADLINE) * vectors.body(task);
            return Math.max(near, tally.nearestExample());
        }

        /** How near the task is to what most teams have nobody for. */
        double elsewhere() {
            return elsewhere.nearness(task);
        }
    }
}
