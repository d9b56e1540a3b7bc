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
 * @param confidence how likely the chosen one is the one whose author meant such tasks, from 0 to 1, measured on labelled
 *     tasks; 1 when it was named or a rule says so, 0 when nobody was chosen or the router does not say
 */
public record Match(
        String task,
        List<Candidate> candidates,
        Optional<String> chosen,
        Stage stage,
        String reason,
        double confidence) {

    /** What decided. */
    public enum Stage {
        /** The task names the agent: {@code @backend-engineer}. */
        MENTION("by name"),
        /** A label of the task belongs to the agent. */
        RULE("by label"),
        /** Words of the task, weighed by how rare they are. */
        LEXICAL("by words and examples"),
        /** Words and meaning together. */
        HYBRID("by words, examples and meaning"),
        /** A model, asked because the best candidates were about equally likely. */
        MODEL("by a model"),
        /** Nothing fits well enough. */
        DECLINED("declined");

        private final String words;

        Stage(String words) {
            this.words = words;
        }

        /** How it decided, for people: {@code by name}. */
        public String inWords() {
            return words;
        }
    }

    public Match {
        candidates = List.copyOf(candidates);
    }

    /** A decision of a router that does not say how sure it is. */
    public Match(String task, List<Candidate> candidates, Optional<String> chosen, Stage stage, String reason) {
        this(task, candidates, chosen, stage, reason, stage == Stage.MENTION || stage == Stage.RULE ? 1 : 0);
    }

    /** The same task with another decision about it. */
    public Match decided(Optional<String> other, Stage by, String why) {
        return new Match(task, candidates, other, by, why);
    }

    /** The candidate behind the chosen one, or the best one when none was chosen. */
    public Optional<Candidate> runnerUp() {
        return candidates.stream()
                .filter(candidate -> !chosen.equals(Optional.of(candidate.agent())))
                .findFirst();
    }
}
