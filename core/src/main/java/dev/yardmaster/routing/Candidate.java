package dev.yardmaster.routing;

import java.util.List;
import java.util.Optional;

/**
 * A specialist that may fit.
 *
 * @param agent its name
 * @param score how well it fits; comparable within one match only
 * @param words the words of the task that it was found by, the weightiest first
 * @param example what a user says in the example that fits best; empty when no example counted most
 */
public record Candidate(String agent, double score, List<String> words, Optional<String> example) {

    public Candidate {
        words = List.copyOf(words);
    }
}
