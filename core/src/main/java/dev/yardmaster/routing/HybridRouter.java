package dev.yardmaster.routing;

import dev.yardmaster.definition.AgentDefinition;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * Routes by words and by meaning: what {@link LexicalRouter} finds, and how near the task's vector is to those of each
 * specialist's description, the parts of its body and its examples. Declines what is far from everybody. Deterministic as
 * far as the embedder is.
 *
 * <p>Building it embeds all texts, some ten a specialist: a fifth of a second each for a model in the process. With a
 * cache, only those of files that changed.
 */
public final class HybridRouter implements Router {

    private final Ranking ranking;

    private HybridRouter(Collection<AgentDefinition> definitions, Meanings meanings) {
        ranking = new Ranking(definitions, meanings);
    }

    /** A router whose vectors are computed now, on all processors. Blocks until they are. */
    public static HybridRouter of(Collection<AgentDefinition> definitions, Embedder embedder) {
        List<AgentDefinition> sorted = Ranking.sorted(definitions);
        return new HybridRouter(sorted, Meanings.of(sorted, embedder, VectorCache.none()));
    }

    /**
     * The same with vectors that were computed before, by content: an agent whose texts have changed is embedded again. A
     * cache that cannot be read is made anew, and one that cannot be written is done without.
     *
     * @param cache a folder for this alone; made when missing. Several processes may use it at once
     */
    public static HybridRouter of(Collection<AgentDefinition> definitions, Embedder embedder, Path cache) {
        List<AgentDefinition> sorted = Ranking.sorted(definitions);
        return new HybridRouter(sorted, Meanings.of(sorted, embedder, VectorCache.in(cache)));
    }

    /** As {@link LexicalRouter#leavingOneOut}. */
    public Router leavingOneOut() {
        return task -> ranking.route(Asked.leavingOut(task));
    }

    @Override
    public Match route(String task) {
        return ranking.route(Asked.of(task));
    }

    @Override
    public Match route(String task, Predicate<String> may) {
        return ranking.route(Asked.of(task), may);
    }
}
