package dev.yardmaster.routing;

import dev.yardmaster.definition.AgentDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What agents say, by words: BM25 over name, description and body, over pairs of neighbouring words in them, and over each
 * example as a document of its own, of which the best counts. Weights by measurement; see docs/decisions/0091.
 */
final class WordIndex {

    private static final double NAME = 0.5;
    private static final double DESCRIPTION = 0.5;
    private static final double BODY = 1.0;
    private static final double PAIR = 0.5;
    private static final double EVERYDAY = 0.4;

    /** A part of a definition, what its words count and whether it is what people read first. */
    private record Field(Bm25 index, double weight, boolean headline) {}

    private final int agents;
    private final List<Field> fields;
    private final List<Field> pairFields;
    private final Bm25 everything;
    private final Bm25 examples;
    private final List<OwnedExample> owned;
    private final double exampleWeight;

    /** @param exampleWeight what the words of an example count */
    WordIndex(List<AgentDefinition> definitions, List<OwnedExample> owned, double exampleWeight) {
        this.exampleWeight = exampleWeight;
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
        examples =
                new Bm25(owned.stream().map(OwnedExample::text).map(Words::of).toList());
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

    private void examples(Asked asked, List<Tally> tallies) {
        var byExample = new HashMap<Integer, Map<String, Double>>();
        for (String stem : asked.stems()) {
            for (Bm25.Posting posting : examples.with(stem)) {
                byExample
                        .computeIfAbsent(posting.document(), none -> new HashMap<>())
                        .put(stem, exampleWeight * importance(stem) * posting.score());
            }
        }
        byExample.keySet().stream().sorted().forEach(at -> {
            OwnedExample each = owned.get(at);
            if (!asked.leftOut().test(each.words())) {
                Map<String, Double> byWord = byExample.get(at);
                double points = byWord.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
                tallies.get(each.agent())
                        .like(new Tally.Liked(each.example().user(), points / exampleWeight, points, byWord));
            }
        });
        tallies.forEach(Tally::countExample);
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
