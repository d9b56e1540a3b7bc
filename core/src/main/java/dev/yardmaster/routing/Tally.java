package dev.yardmaster.routing;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What speaks for one agent, while it adds up. Points of the body's words are the unit; see docs/decisions/0091. */
final class Tally {

    private static final int SHOWN_WORDS = 6;

    /** What words say beside meaning: the root of their sum, so many times. At a hundred points it is the sum itself. */
    private static final double TEMPERED = 10;

    final int agent;
    private final Map<String, Double> byWord = new LinkedHashMap<>();
    private double words;
    private double meaning;
    private double nearestExample;
    private double examples;
    private Optional<Liked> example = Optional.empty();

    private boolean headline;
    private boolean tempered;

    /**
     * An example.
     *
     * @param likeness how much it is like the task, by words; and by word
     */
    record Liked(String user, double likeness, Map<String, Double> byWord) {}

    Tally(int agent) {
        this.agent = agent;
    }

    void word(String stem, double points) {
        byWord.merge(stem, points, Double::sum);
        words += points;
    }

    /** A word is in the name or the description: no accident. */
    void headline() {
        headline = true;
    }

    void pair(double points) {
        words += points;
    }

    void meaning(double points) {
        meaning += points;
    }

    /** @param nearest how near the task is to the nearest of its examples: a cosine, 0 when there are none */
    void nearestExample(double nearest) {
        nearestExample = nearest;
    }

    /**
     * Beside meaning, the first words that a task shares with an agent say more than the twentieth: the words of a long task
     * add up, and with them its accidents. See docs/decisions/0136.
     */
    void temper() {
        tempered = true;
    }

    /** What words say so far, pairs included. */
    double words() {
        return tempered ? TEMPERED * Math.sqrt(words) : words;
    }

    void examples(double points) {
        examples += points;
    }

    /** The likest example of those offered is shown to people. */
    void like(Liked liked) {
        if (example.isEmpty() || liked.likeness() > example.get().likeness()) {
            example = Optional.of(liked);
        }
    }

    /** @param share of its score that is added to it */
    void prefer(double share) {
        examples += share * Math.max(0, words() + meaning);
    }

    double score() {
        return words() + examples + meaning;
    }

    double meaning() {
        return meaning;
    }

    double nearestExample() {
        return nearestExample;
    }

    boolean knows(String stem) {
        return byWord.containsKey(stem)
                || example.filter(liked -> liked.byWord().containsKey(stem)).isPresent();
    }

    /** Whether a word of the task is in its name, its description or an example. */
    boolean knowsByHeadline() {
        return headline || example.isPresent();
    }

    boolean knowsSomething() {
        return words > 0 || example.isPresent();
    }

    /** @param name the agent's @param said the task's words by their stems */
    Candidate candidate(String name, Map<String, String> said) {
        List<String> weighty = said.keySet().stream()
                .filter(this::knows)
                .sorted(Comparator.comparingDouble(stem -> -points(stem)))
                .limit(SHOWN_WORDS)
                .map(said::get)
                .toList();
        return new Candidate(
                name,
                score(),
                weighty,
                example.filter(liked -> liked.likeness() >= words).map(Liked::user),
                new Evidence(words(), examples, meaning));
    }

    private double points(String stem) {
        return Stream.of(byWord, example.map(Liked::byWord).orElse(Map.of()))
                .mapToDouble(points -> points.getOrDefault(stem, 0.0))
                .sum();
    }
}
