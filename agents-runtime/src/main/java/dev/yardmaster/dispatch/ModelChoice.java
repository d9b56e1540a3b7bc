package dev.yardmaster.dispatch;

import dev.yardmaster.routing.Candidate;
import dev.yardmaster.routing.Match;
import java.util.List;

/**
 * When a model decides among the best few: when the router is not sure. That costs one short reply, of the descriptions of
 * those few alone. Immutable.
 *
 * @param below the model is asked when the router's {@link Match#confidence() confidence} is below this, and when it
 *     declined although somebody was near; 0 means never
 * @param candidates among how many it chooses, 2 or more
 */
public record ModelChoice(double below, int candidates) {

    public ModelChoice {
        if (below < 0 || below > 1 || candidates < 2) {
            throw new IllegalArgumentException(
                    "a model is asked below a confidence from 0 to 1, about 2 candidates or more: " + below + ", "
                            + candidates);
        }
    }

    /** Asked below 60 %, about five: so sure, the router is wrong two times in five. */
    public static ModelChoice defaults() {
        return new ModelChoice(0.6, 5);
    }

    /** Never asked. */
    public static ModelChoice never() {
        return new ModelChoice(0, 2);
    }

    public ModelChoice below(double confidence) {
        return new ModelChoice(confidence, candidates);
    }

    /** Among whom a model is to decide; empty when it need not. */
    List<String> undecided(Match match) {
        boolean unsure = switch (match.stage()) {
            case LEXICAL, HYBRID ->
                match.confidence() < below && match.candidates().size() > 1;
            case DECLINED -> below > 0;
            case MENTION, RULE, MODEL -> false;
        };
        return unsure
                ? match.candidates().stream()
                        .limit(candidates)
                        .map(Candidate::agent)
                        .toList()
                : List.of();
    }
}
