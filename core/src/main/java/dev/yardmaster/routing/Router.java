package dev.yardmaster.routing;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the specialist that fits a task. Thread-safe; does not block. */
@FunctionalInterface
public interface Router {

    /** The candidates for a task and, unless none fits, the chosen one. */
    Match route(String task);

    /**
     * The same as if there were only some of the agents: an agent that may not have the task is neither a candidate nor
     * found by its name. A router that does not do better takes what is left of its candidates, the best of them first.
     *
     * @param may the names of those
     */
    default Match route(String task, Predicate<String> may) {
        Match match = route(task);
        List<Candidate> left = match.candidates().stream()
                .filter(each -> may.test(each.agent()))
                .toList();
        if (match.chosen().isEmpty() || match.chosen().filter(may).isPresent()) {
            return new Match(task, left, match.chosen(), match.stage(), match.reason(), match.confidence());
        }
        String reason = match.chosen().get() + " may not have it";
        return left.isEmpty()
                ? new Match(task, left, Optional.empty(), Match.Stage.DECLINED, reason + ", and nobody else was near")
                : new Match(task, left, Optional.of(left.getFirst().agent()), Match.Stage.LEXICAL, reason);
    }
}
