package dev.yardmaster.routing;

import dev.yardmaster.definition.AgentDefinition;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Ranks the agents for a task by all that speaks for them, and decides: somebody, or nobody. Immutable. */
final class Ranking {

    private static final int CANDIDATES = 5;

    /**
     * By this share of its score an agent whose author wrote down when to call it is preferred to one without examples. A
     * share, not a number of points: where little speaks for anybody, it must not decide.
     */
    private static final double EXAMPLES_PREFERENCE = 0.1;

    /** The same with meaning, where scores are half as large again. */
    private static final double EXAMPLES_PREFERENCE_WITH_MEANING = 0.065;

    /** The best candidate has to know this share of the task's words, each weighed by its rarity. */
    private static final double LEAST_COVERAGE = 0.2;

    /**
     * Closeness in meaning and a part of the share of the words that are known have to be so much more than a part of how
     * near the task is to what most teams have nobody for. See docs/decisions/0098 and 0136.
     */
    private static final double LEAST_SENSE = 0.045;

    /** How near a task is, is the nearest of so many of the best: who is best is judged by more than nearness. */
    private static final int BEST = 3;

    private static final double SENSE_OF_COVERAGE = 0.1;
    private static final double SENSE_OF_ELSEWHERE = 0.75;

    private final List<AgentDefinition> agents;
    private final List<OwnedExample> examples;
    private final Mentions mentions;
    private final WordIndex words;
    private final @Nullable Meanings meanings;

    /** So many points more make an agent e times as likely. */
    private final double pointsPerE;

    Ranking(Collection<AgentDefinition> definitions, @Nullable Meanings meanings) {
        agents = sorted(definitions);
        examples = OwnedExample.of(agents);
        mentions = new Mentions(agents.stream().map(AgentDefinition::name).toList());
        words = new WordIndex(agents, examples, meanings == null);
        this.meanings = meanings;
        pointsPerE = meanings == null ? 4.5 : 6;
    }

    /** In the order in which all indexes hold them; ties go to the first. */
    static List<AgentDefinition> sorted(Collection<AgentDefinition> definitions) {
        return definitions.stream()
                .sorted(Comparator.comparing(AgentDefinition::name))
                .toList();
    }

    Match route(Asked asked) {
        return route(asked, any -> true);
    }

    /** @param may the names of those that may have the task */
    Match route(Asked asked, Predicate<String> may) {
        List<Tally> tallies = words.tally(asked);
        Meanings.View view = meanings == null ? null : meanings.of(asked);
        if (view != null) {
            tallies.forEach(Tally::temper);
            view.tally(tallies);
        }
        double preference = view == null ? EXAMPLES_PREFERENCE : EXAMPLES_PREFERENCE_WITH_MEANING;
        examples.stream()
                .filter(each -> !asked.leftOut().test(each.words()))
                .mapToInt(OwnedExample::agent)
                .distinct()
                .forEach(agent -> tallies.get(agent).prefer(preference));
        List<Tally> ranked = tallies.stream()
                .filter(each -> each.knowsSomething() || each.meaning() != 0)
                .filter(each -> may.test(agents.get(each.agent).name()))
                .sorted(Comparator.comparingDouble((Tally each) -> -each.score())
                        .thenComparing(each -> each.agent))
                .toList();
        List<Candidate> candidates = ranked.stream()
                .limit(CANDIDATES)
                .map(each -> each.candidate(agents.get(each.agent).name(), asked.said()))
                .toList();
        Optional<String> mentioned = mentions.find(asked.task(), may);
        if (mentioned.isPresent()) {
            return new Match(
                    asked.task(), candidates, mentioned, Match.Stage.MENTION, "the task names @" + mentioned.get());
        }
        return decide(asked, ranked, candidates, view);
    }

    private Match decide(Asked asked, List<Tally> ranked, List<Candidate> candidates, Meanings.@Nullable View view) {
        String unknown = mentions.unknown(asked.task());
        if (candidates.isEmpty()) {
            String why = agents.isEmpty() ? "there are no specialists" : "no specialist knows any word of the task";
            return new Match(asked.task(), List.of(), Optional.empty(), Match.Stage.DECLINED, unknown + why);
        }
        Candidate best = candidates.getFirst();
        Optional<String> objection = objection(asked, ranked, best, view);
        if (objection.isPresent()) {
            return new Match(
                    asked.task(), candidates, Optional.empty(), Match.Stage.DECLINED, unknown + objection.get());
        }
        return new Match(
                asked.task(),
                candidates,
                Optional.of(best.agent()),
                meanings == null ? Match.Stage.LEXICAL : Match.Stage.HYBRID,
                unknown + Reasons.why(candidates),
                confidence(ranked));
    }

    /** Why not even the best are good enough. */
    private Optional<String> objection(
            Asked asked, List<Tally> ranked, Candidate candidate, Meanings.@Nullable View view) {
        Tally best = ranked.getFirst();
        double coverage = words.coverage(asked, best);
        if (view != null) {
            double closeness = ranked.stream()
                    .limit(BEST)
                    .mapToDouble(view::closeness)
                    .max()
                    .orElse(0);
            double sense = closeness + SENSE_OF_COVERAGE * coverage - SENSE_OF_ELSEWHERE * view.elsewhere();
            return sense >= LEAST_SENSE ? Optional.empty() : Optional.of(Reasons.far(candidate, sense, LEAST_SENSE));
        }
        if (coverage < LEAST_COVERAGE) {
            return Optional.of(Reasons.unknown(candidate, coverage, LEAST_COVERAGE));
        }
        long weighty = asked.stems().stream()
                .filter(best::knows)
                .filter(stem -> !Words.isEveryday(stem))
                .count();
        return weighty >= 2 || best.knowsByHeadline() || asked.stems().size() == 1
                ? Optional.empty()
                : Optional.of(Reasons.oneWord(candidate));
    }

    /** The share of the best one, when scores are read as log-odds. */
    private double confidence(List<Tally> ranked) {
        double best = ranked.getFirst().score();
        return 1
                / ranked.stream()
                        .mapToDouble(each -> Math.exp((each.score() - best) / pointsPerE))
                        .sum();
    }
}
