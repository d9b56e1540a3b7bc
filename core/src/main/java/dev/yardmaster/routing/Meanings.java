package dev.yardmaster.routing;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * What agents mean: vectors of their description, of the passages of their body and of their examples. How near a task is
 * to a body is the mean over the three passages that are nearest: the best alone is often an accident, and the mean over
 * all is low for everybody who does many things. Of examples all count alike, by their mean: the nearest of many is nearer by
 * chance. All are compared with what is sought ({@link Embedder#sought}); whether anybody is near at all, and whether an
 * example says the same, is asked of the task's own vector. Weights by measurement; see docs/decisions/0091, 0097 and 0130.
 */
final class Meanings {

    private static final double HEADLINE = 20;
    private static final double BODY = 60;

    /** What the mean nearness of its examples counts, above what headline and body let expect. */
    private static final double KINDRED = 28;

    private static final double EXPECTED_OF_HEADLINE = 0.24;
    private static final double EXPECTED_OF_BODY = 0.28;

    /** Nearer than this, a task says the same as the example. */
    private static final double SAME_FROM = 0.75;

    private static final double SAME = 150;

    /** What a headline counts that is near to everybody's: when nothing special is said, who does the usual is meant. */
    private static final double USUAL = 25;

    /** So many of no likeness are thought beside a team: that of a few says little of what is usual. */
    private static final int UNKNOWN_OTHERS = 10;

    private static final int NEAREST = 3;

    /** @param passages the headline first, then the body */
    private record Vectors(float[][] passages, float[][] examples) {}

    private final Embedder embedder;
    private final List<Vectors> agents;
    private final List<OwnedExample> examples;
    private final double[] usual;
    private final Elsewhere elsewhere;

    private Meanings(Embedder embedder, List<Vectors> agents, List<OwnedExample> examples, Elsewhere elsewhere) {
        this.embedder = embedder;
        this.elsewhere = elsewhere;
        this.agents = agents;
        this.examples = examples;
        usual = usual(agents);
    }

    /** How near each headline is to those of the others. */
    private static double[] usual(List<Vectors> agents) {
        if (agents.isEmpty()) {
            return new double[0];
        }
        var sum = new float[agents.getFirst().passages()[0].length];
        for (Vectors each : agents) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += each.passages()[0][i];
            }
        }
        return agents.stream()
                .map(each -> each.passages()[0])
                .mapToDouble(one -> (cosine(one, sum) - cosine(one, one)) / (agents.size() - 1 + UNKNOWN_OTHERS))
                .toArray();
    }

    /** @param sorted in the order of the tallies */
    static Meanings of(List<AgentDefinition> sorted, Embedder embedder, VectorCache cache) {
        List<OwnedExample> examples = OwnedExample.of(sorted);
        List<Callable<Vectors>> work = new ArrayList<>();
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

    private static List<Vectors> all(List<Callable<Vectors>> work) {
        var vectors = new ArrayList<Vectors>();
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

    private static Vectors vectors(AgentDefinition agent, List<String> said, Embedder embedder, VectorCache cache) {
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
        return new Vectors(
                Arrays.copyOfRange(all, 0, passages.size()), Arrays.copyOfRange(all, passages.size(), all.length));
    }

    View of(Asked asked) {
        return new View(asked);
    }

    /**
     * Where an agent's texts are for one who looks from a task, while the passages that are nearest to the task itself stay
     * chosen: the agent's meaning is {@code usual + sought · texts}. What is sought is learned from these (docs/decisions/0130).
     */
    record Sight(double usual, float[] texts) {}

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
                Vectors each = agents.get(i);
                Tally tally = tallies.get(i);
                double headline = cosine(sought, each.passages()[0]);
                double body = nearest(sought, each.passages());
                tally.meaning(HEADLINE * headline + BODY * body + USUAL * usual[i]);
                double nearest = 0;
                double sum = 0;
                int counted = 0;
                for (float[] vector : each.examples()) {
                    if (!asked.leftOut().test(examples.get(next++).words())) {
                        nearest = Math.max(nearest, cosine(task, vector));
                        sum += cosine(sought, vector);
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

        Sight sight(int agent) {
            float[][] passages = agents.get(agent).passages();
            float[] texts = new float[task.length];
            add(texts, HEADLINE, passages[0]);
            List<float[]> nearest = nearestFirst(task, passages).limit(NEAREST).toList();
            nearest.forEach(each -> add(texts, BODY / nearest.size(), each));
            return new Sight(USUAL * usual[agent], texts);
        }

        /** How near the task itself is to an agent: a cosine. */
        double closeness(Tally tally) {
            float[][] passages = agents.get(tally.agent).passages();
            double near = HEADLINE * cosine(task, passages[0]) + BODY * nearest(task, passages);
            return Math.max(near / (HEADLINE + BODY), tally.nearestExample());
        }

        /** How near the task is to what most teams have nobody for. */
        double elsewhere() {
            return elsewhere.nearness(task);
        }
    }

    /** How near a body is; of an agent without one, its headline stands for it. */
    private static double nearest(float[] task, float[][] passages) {
        if (passages.length == 1) {
            return cosine(task, passages[0]);
        }
        double[] all = new double[passages.length - 1];
        for (int i = 0; i < all.length; i++) {
            all[i] = cosine(task, passages[i + 1]);
        }
        Arrays.sort(all);
        int from = Math.max(0, all.length - NEAREST);
        return Arrays.stream(all, from, all.length).average().orElse(0);
    }

    /** The passages of a body that are nearest to a task; of an agent without one, its headline stands for it. */
    private static Stream<float[]> nearestFirst(float[] task, float[][] passages) {
        return Arrays.stream(passages, passages.length == 1 ? 0 : 1, passages.length)
                .sorted(Comparator.comparingDouble(each -> -cosine(task, each)));
    }

    private static void add(float[] sum, double weight, float[] vector) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += (float) (weight * vector[i]);
        }
    }

    static double cosine(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
