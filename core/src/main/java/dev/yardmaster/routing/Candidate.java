package dev.yardmaster.routing;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A specialist that may fit.
 *
 * @param agent its name
 * @param score how well it fits; comparable within one match only
 * @param words the words of the task that it was found by, the weightiest first
 * @param example what a user says in the example that fits best; empty when no example counted much
 * @param evidence what the score is made of; none where a router does not say, or in what an older version recorded
 */
public record Candidate(String agent, double score, List<String> words, Optional<String> example, Evidence evidence) {

    public Candidate(
            String agent, double score, List<String> words, Optional<String> example, @Nullable Evidence evidence) {
        this.agent = agent;
        this.score = score;
        this.words = List.copyOf(words);
        this.example = example;
        this.evidence = evidence == null ? Evidence.none() : evidence;
    }

    /** One of which nothing more is known. */
    public Candidate(String agent, double score, List<String> words, Optional<String> example) {
        this(agent, score, words, example, Evidence.none());
    }
}
