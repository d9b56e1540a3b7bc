package dev.yardmaster.routing;

import dev.yardmaster.definition.AgentDefinition;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the hybrid router weighs of each agent in view of a task, taken apart into what is so and what depends on where one
 * looks: for a program that learns to look. It stands in this package because those parts are nobody else's affair.
 */
public final class Surroundings {

    /**
     * An agent in view of a task.
     *
     * @param fixed its points for words, and what speaks for it whatever the task is
     * @param texts its points are {@code fixed + sought · texts}
     */
    public record Seen(String agent, double fixed, float[] texts) {}

    private final List<AgentDefinition> agents;
    private final WordIndex words;
    private final Meanings meanings;
    private final Embedder embedder;

    /** @param definitions their examples do not count */
    public Surroundings(Collection<AgentDefinition> definitions, Embedder embedder, Path cache) {
        agents = Ranking.sorted(
                definitions.stream().map(AgentDefinition::withoutExamples).toList());
        words = new WordIndex(agents, List.of(), false);
        this.embedder = embedder;
        meanings = Meanings.of(agents, embedder, VectorCache.in(cache));
    }

    /** All agents, by name. */
    public List<Seen> of(String task) {
        Asked asked = Asked.of(task);
        List<Tally> tallies = words.tally(asked);
        float[] vector = embedder.embed(asked.text());
        return IntStream.range(0, agents.size())
                .mapToObj(i -> {
                    Tally tally = tallies.get(i);
                    tally.temper();
                    return new Seen(
                            agents.get(i).name(),
                            tally.words() + meanings.standing(i),
                            texts(vector, meanings.agents().get(i)));
                })
                .toList();
    }

    /** The passages that are nearest to the task itself stay chosen, wherever one looks. */
    private static float[] texts(float[] task, AgentVectors agent) {
        var texts = new float[task.length];
        add(texts, Meanings.HEADLINE, agent.headline());
        float[][] passages = agent.passages();
        List<float[]> nearest = Arrays.stream(passages, agent.firstOfBody(), passages.length)
                .sorted(Comparator.comparingDouble(each -> -AgentVectors.cosine(task, each)))
                .limit(AgentVectors.NEAREST)
                .toList();
        nearest.forEach(each -> add(texts, Meanings.BODY / nearest.size(), each));
        return texts;
    }

    private static void add(float[] sum, double weight, float[] vector) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += (float) (weight * vector[i]);
        }
    }
}
