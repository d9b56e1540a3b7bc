package dev.yardmaster.routing;

import dev.yardmaster.definition.AgentDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What agents say, by words: BM25 over name, description and body, over pairs of neighbouring words in them, and over what
 * the users of the examples say. One that says the same as the task decides; the others count by their mean, which does not
 * depend on how many an agent has, and only by what is above or below what the agent's own words let expect: an agent
 * without examples is neither better nor worse off. Weights by measurement; see docs/decisions/0091 and 0097.
 */
final class WordIndex {

    private static final double NAME = 0.5;
    private static final double DESCRIPTION = 0.5;
    private static final double BODY = 1.0;
    private static final double PAIR = 0.5;
    private static final double EVERYDAY = 0.4;

    /** What an example counts in which a user says the same; and the mean of all, above what its agent's words let expect. */
    private static final double REPEATED = 0.5;

    private static final double KINDRED = 0.5;
    private static final double EXPECTED = 0.08;
    private static final double EXPECTED_OF_WORDS = 0.13;

    /** A part of a definition, what its words count and whether it is what people read first. */
    private record Field(Bm25 index, double weight, boolean headline) {}

    private final int agents;
    private final List<Field> fields;
    private final List<Field> pairFields;
    private final Bm25 everything;
    private final Bm25 examples;
    private final List<OwnedExample> owned;
    private final double kindred;
    private final double repeated;

    /** @param alone whether words are all there is: embeddings compare examples better */
    WordIndex(List<AgentDefinition> definitions, List<OwnedExample> owned, boolean alone) {
        kindred = alone ? KINDRED : 0;
        repeated = alone ? REPEATED : REPEATED / 5;
        agents = definitions.size();
        List<List<String>> names = words(definitions, AgentDefinition::name);
        List<List<String>> descriptions =
                words(definitions, agent -> agent.withoutExamples().description());
        List<List<String>> bodies = words(definitions, AgentDefinition::prompt);
        fields = List.of(
                new Field(new Bm25(names), NAME, true),
                new Field(new Bm25(descriptions), DESCRIPTION, true),
                new Field(new Bm25(bodies), BODY, false));
        pairFields = List.of(
                new Field(new Bm25(pairs(descriptions)), DESCRIPTION * PAIR, true),
                new Field(new Bm25(pairs(bodies)), BODY * PAIR, false));
        everything = new Bm25(IntStream.range(0, agents)
                .mapToObj(i -> Stream.of(names, descriptions, bodies)
                        .flatMap(field -> field.get(i).stream())
                        .distinct()
                        .toList())
                .toList());
        this.owned = owned;
        examples = new Bm25(
                owned.stream().map(each -> Words.of(each.example().user())).toList());
    }

    private static List<List<String>> words(List<AgentDefinition> agents, Function<AgentDefinition, String> text) {
        return agents.stream().map(text).map(Words::of).toList();
    }

    private static List<List<String>> pairs(List<List<String>> texts) {
        return texts.stream().map(Words::pairs).toList();
    }

    /** A tally for each agent, in order. */
    List<Tally> tally(Asked asked) {
        List<Tally> tallies = IntStream.range(0, agents).mapToObj(Tally::new).toList();
        for (String stem : asked.stems()) {
            for (Field field : fields) {
                double factor = importance(stem) * field.weight();
                for (Bm25.Posting posting : field.index().with(stem)) {
                    Tally tally = tallies.get(posting.document());
                    tally.word(stem, factor * posting.score());
                    if (field.headline()) {
                        tally.headline();
                    }
                }
            }
        }
        for (String pair : asked.pairs()) {
            for (Field field : pairFields) {
                field.index()
                        .with(pair)
                        .forEach(posting -> tallies.get(posting.document()).pair(field.weight() * posting.score()));
            }
        }
        examples(asked, tallies);
        return tallies;
    }

    /** Those of an agent in view of a task, while they are gone through. */
    private static final class Shown {
        int counted;
        double likeness;
        double repeated;
    }

    private void examples(Asked asked, List<Tally> tallies) {
        Map<Integer, Map<String, Double>> likeness = likeness(asked);
        var byAgent = new HashMap<Integer, Shown>();
        for (int at = 0; at < owned.size(); at++) {
            OwnedExample each = owned.get(at);
            if (asked.leftOut().test(each.words())) {
                continue;
            }
            Shown shown = byAgent.computeIfAbsent(each.agent(), none -> new Shown());
            shown.counted++;
            Map<String, Double> byWord = likeness.getOrDefault(at, Map.of());
            if (!byWord.isEmpty()) {
                double like = byWord.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
                shown.likeness += like;
                shown.repeated = Math.max(shown.repeated, asked.repeats(each.words()) ? like : 0);
                tallies.get(each.agent()).like(new Tally.Liked(each.example().user(), like, byWord));
            }
        }
        byAgent.forEach((agent, shown) -> {
            Tally tally = tallies.get(agent);
            double expected = EXPECTED + EXPECTED_OF_WORDS * tally.words();
            tally.examples(kindred * (shown.likeness / shown.counted - expected) + repeated * shown.repeated);
        });
    }

    /** How like each example is to the task, by word; those that share none are not there. */
    private Map<Integer, Map<String, Double>> likeness(Asked asked) {
        var byExample = new HashMap<Integer, Map<String, Double>>();
        for (String stem : asked.stems()) {
            for (Bm25.Posting posting : examples.with(stem)) {
                byExample
                        .computeIfAbsent(posting.document(), none -> new HashMap<>())
                        .put(stem, importance(stem) * posting.score());
            }
        }
        return byExample;
    }

    private static double importance(String stem) {
        return Words.isEveryday(stem) ? EVERYDAY : 1;
    }

    /** The share of the task's words that an agent knows, each weighed by its rarity among all agents. */
    double coverage(Asked asked, Tally tally) {
        double known = 0;
        double all = 0;
        for (String stem : asked.stems()) {
            double weight = importance(stem) * everything.weight(stem);
            all += weight;
            known += tally.knows(stem) ? weight : 0;
        }
        return all == 0 ? 0 : known / all;
    }
}
