package dev.yardmaster.routing;

import java.util.List;
import java.util.Optional;

/**
 * A router's decision, with what it was made from.
 *
 * @param task what was asked
 * @param candidates the best few, best first
 * @param chosen the name of the one that gets the task; empty when none fits
 * @param stage what decided
 * @param reason why, in a sentence for people
 */
public record Match(String task, List<Candidate> candidates, Optional<String> chosen, Stage stage, String reason) {

    /** What decided. */
    public enum Stage {
        /** The task names the agent: {@code @backend-engineer}. */
        MENTION,
        /** Words of the task, weighed by how rare they are. */
        LEXICAL,
        /** Nothing fits well enough. */
        DECLINED
    }

    public Match {
        candidates = List.copyOf(candidates);
    }

    /** The candidate behind the chosen one, or the best one when none was chosen. */
    public Optional<Candidate> runnerUp() {
        return candidates.stream()
                .filter(candidate -> !chosen.equals(Optional.of(candidate.agent())))
                .findFirst();
    }
}
