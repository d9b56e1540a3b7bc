package dev.yardmaster.routing;

import dev.yardmaster.definition.AgentDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Specialists that no router can tell apart, because their files say the same of when to call them: the words of name,
 * description and examples, weighed by their rarity, are nearly the same (a cosine), or so are the bodies.
 */
public final class Lookalikes {

    /** From here on two texts say the same: among 1,300 agents of ten collections such pairs were copies or renamings. */
    private static final double SAME = 0.85;

    private static final int SHOWN_WORDS = 5;

    /**
     * Two that are alike.
     *
     * @param first the first by name
     * @param second the other
     * @param what which part of their files is nearly the same: {@code description} or {@code body}
     * @param likeness from 0 to 1
     * @param words what both say, the weightiest first
     */
    public record Pair(String first, String second, String what, double likeness, List<String> words) {
        public Pair {
            words = List.copyOf(words);
        }
    }

    private Lookalikes() {}

    /** All pairs, the likest first. Takes time in the square of the number of agents: a second for four hundred. */
    public static List<Pair> among(Collection<AgentDefinition> definitions) {
        List<AgentDefinition> agents = Ranking.sorted(definitions);
        var pairs = new ArrayList<Pair>();
        pairs.addAll(alike(
                agents,
                "description",
                agents.stream()
                        .map(agent -> Words.of(agent.name() + " " + agent.description()))
                        .toList()));
        Set<String> told = new HashSet<>();
        pairs.forEach(pair -> told.add(pair.first() + "\n" + pair.second()));
        alike(
                        agents,
                        "body",
                        agents.stream().map(agent -> Words.of(agent.prompt())).toList())
                .stream()
                .filter(pair -> told.add(pair.first() + "\n" + pair.second()))
                .forEach(pairs::add);
        pairs.sort(Comparator.comparingDouble((Pair pair) -> -pair.likeness()).thenComparing(Pair::first));
        return List.copyOf(pairs);
    }

    private static List<Pair> alike(List<AgentDefinition> agents, String what, List<List<String>> texts) {
        List<Map<String, Double>> vectors = vectors(texts);
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i < vectors.size(); i++) {
            for (int j = i + 1; j < vectors.size(); j++) {
                double likeness = cosine(vectors.get(i), vectors.get(j));
                if (likeness >= SAME) {
                    pairs.add(new Pair(
                            agents.get(i).name(),
                            agents.get(j).name(),
                            what,
                            likeness,
                            shared(vectors.get(i), vectors.get(j))));
                }
            }
        }
        return pairs;
    }

    /** Of length 1; a word weighs the more the fewer texts have it. */
    private static List<Map<String, Double>> vectors(List<List<String>> texts) {
        var with = new HashMap<String, Integer>();
        texts.forEach(text -> new HashSet<>(text).forEach(word -> with.merge(word, 1, Integer::sum)));
        var vectors = new ArrayList<Map<String, Double>>();
        for (List<String> text : texts) {
            var vector = new HashMap<String, Double>();
            text.forEach(word -> vector.merge(word, 1.0, Double::sum));
            vector.replaceAll(
                    (word, count) -> Math.log(1 + count) * Math.log(1 + (double) texts.size() / with.get(word)));
            double length = Math.sqrt(vector.values().stream()
                    .mapToDouble(weight -> weight * weight)
                    .sum());
            vector.replaceAll((word, weight) -> weight / length);
            vectors.add(vector);
        }
        return vectors;
    }

    private static double cosine(Map<String, Double> one, Map<String, Double> other) {
        double sum = 0;
        for (Map.Entry<String, Double> each : one.entrySet()) {
            sum += each.getValue() * other.getOrDefault(each.getKey(), 0.0);
        }
        return sum;
    }

    private static List<String> shared(Map<String, Double> one, Map<String, Double> other) {
        return one.keySet().stream()
                .filter(other::containsKey)
                .sorted(Comparator.comparingDouble((String word) -> -one.get(word) * other.get(word))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN_WORDS)
                .toList();
    }
}
