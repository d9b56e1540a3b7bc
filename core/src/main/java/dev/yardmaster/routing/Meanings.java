package dev.yardmaster.routing;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * What agents mean: vectors of their description, of the passages of their body and of their examples. How near a task is
 * to a body is the mean over the three passages that are nearest: the best alone is often an accident, and the mean over
 * all is low for everybody who does many things. Weights by measurement; see docs/decisions/0091.
 */
final class Meanings {

    private static final double HEADLINE = 20;
    private static final double BODY = 60;
    private static final double EXAMPLE = 100;

    /** Nearer than this, a task is the same as the example; farther, an example says no more than the description. */
    private static final double EXAMPLE_FROM = 0.6;

    private static final int NEAREST = 3;

    /** @param passages the headline first, then the body */
    private record Vectors(float[][] passages, float[][] examples) {}

    private final Embedder embedder;
    private final List<Vectors> agents;
    private final List<OwnedExample> examples;

    private Meanings(Embedder embedder, List<Vectors> agents, List<OwnedExample> examples) {
        this.embedder = embedder;
        this.agents = agents;
        this.examples = examples;
    }

    /** @param sorted in the order of the tallies */
    static Meanings of(List<AgentDefinition> sorted, Embedder embedder, VectorCache cache) {
        List<OwnedExample> examples = OwnedExample.of(sorted);
        List<Callable<Vectors>> work = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            int agent = i;
            List<String> said = examples.stream()
                    .filter(each -> each.agent() == agent)
                    .map(OwnedExample::text)
                    .toList();
            work.add(() -> vectors(sorted.get(agent), said, embedder, cache));
        }
        return new Meanings(embedder, all(work), examples);
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

    /** Adds to the tallies of all agents. */
    void tally(Asked asked, List<Tally> tallies) {
        if (asked.text().isBlank()) {
            return;
        }
        float[] task = embedder.embed(asked.text());
        int next = 0;
        for (int i = 0; i < agents.size(); i++) {
            Vectors each = agents.get(i);
            double headline = cosine(task, each.passages()[0]);
            double body = nearest(task, each.passages());
            double example = 0;
            for (float[] vector : each.examples()) {
                if (!asked.leftOut().test(examples.get(next++).words())) {
                    example = Math.max(example, cosine(task, vector));
                }
            }
            double closeness = (HEADLINE * headline + BODY * body) / (HEADLINE + BODY);
            tallies.get(i).meaning(HEADLINE * headline + BODY * body, Math.max(closeness, example));
            tallies.get(i).examples(EXAMPLE * Math.max(0, example - EXAMPLE_FROM));
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

    private static double cosine(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
