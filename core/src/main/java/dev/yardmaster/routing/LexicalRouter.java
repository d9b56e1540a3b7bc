package dev.yardmaster.routing;

import dev.yardmaster.definition.AgentDefinition;
import java.util.Collection;
import java.util.function.Predicate;

/**
 * Routes by words: BM25 over each specialist's name, description and body, over pairs of neighbouring words in them, and
 * over each of its examples as a document of its own, of which the best counts. Words of every day count less. A task that
 * names a specialist with {@code @} goes to it. Declines when too little of what the task says is known to anybody.
 * Deterministic; ties go by name. Built once, in time linear in the texts. Needs no model; {@link HybridRouter} finds more.
 */
public final class LexicalRouter implements Router {

    private final Ranking ranking;

    public LexicalRouter(Collection<AgentDefinition> definitions) {
        ranking = new Ranking(definitions, null);
    }

    /**
     * The same router, except that it leaves out, for each task, the examples in which a user says just that. For
     * measuring on tasks that were taken from the examples: with them in the index, memory would be measured.
     */
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
