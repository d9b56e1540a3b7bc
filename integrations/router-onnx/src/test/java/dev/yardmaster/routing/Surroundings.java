package dev.yardmaster.routing;

import dev.yardmaster.definition.AgentDefinition;
import java.nio.file.Path;
import java.util.Collection;
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
     * @param fixed its points for words, and for a usual headline
     * @param texts its points are {@code fixed + sought · texts}
     */
    public record Seen(String agent, double fixed, float[] texts) {}

    private final List<AgentDefinition> agents;
    private final WordIndex words;
    private final Meanings meanings;

    /** @param definitions their examples do not count */
    public Surroundings(Collection<AgentDefinition> definitions, Embedder embedder, Path cache) {
        agents = Ranking.sorted(
                definitions.stream().map(AgentDefinition::withoutExamples).toList());
        words = new WordIndex(agents, List.of(), false);
        meanings = Meanings.of(agents, embedder, VectorCache.in(cache));
    }

    /** All agents, by name. */
    public List<Seen> of(String task) {
        Asked asked = Asked.of(task);
        List<Tally> tallies = words.tally(asked);
        Meanings.View view = meanings.of(asked);
        return IntStream.range(0, agents.size())
                .mapToObj(i -> {
                    Meanings.Sight sight = view.sight(i);
                    return new Seen(agents.get(i).name(), tallies.get(i).words() + sight.usual(), sight.texts());
                })
                .toList();
    }
}
