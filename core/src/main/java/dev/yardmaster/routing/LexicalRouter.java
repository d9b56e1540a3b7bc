package dev.yardmaster.routing;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.definition.Example;
import dev.yardmaster.event.DidYouMean;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Routes by words: BM25 over each specialist's name, description and body, over pairs of neighbouring words in them, and
 * over each of its examples as a document of its own, of which the best counts. Words of every day count less. A task that names a specialist with {@code @} goes to it. Declines when too little of
 * what the task says is known to anybody. Deterministic; ties go by name. Built once, in time linear in the texts.
 */
public final class LexicalRouter implements Router {

    private static final int CANDIDATES = 5;
    private static final int SHOWN_WORDS = 6;
    private static final Pattern MENTION = Pattern.compile("(?<![\\w@])@([A-Za-z0-9][\\w-]*)");

    /** The best candidate has to know this share of the task's words, each weighed by its rarity. */
    private static final double LEAST_COVERAGE = 0.2;

    /** A part of a definition and what it counts. */
    private record Field(Bm25 index, double weight) {}

    private final List<AgentDefinition> agents;
    private final List<Field> fields;
    private final Bm25 everything;
    private final Bm25 examples;
    private final List<Integer> exampleOwners = new ArrayList<>();
    private final List<Example> exampleTexts = new ArrayList<>();

    // Weights by measurement on one collection of agents and checked on another; see docs/decisions/0003.
    private static final double NAME = 0.5;
    private static final double DESCRIPTION = 0.5;
    private static final double BODY = 1.0;
    private static final double PAIR = 0.5;
    private static final double EXAMPLE = 0.5;
    private static final double EVERYDAY = 0.4;

    public LexicalRouter(Collection<AgentDefinition> definitions) {
        agents = definitions.stream()
                .sorted(Comparator.comparing(AgentDefinition::name))
                .toList();
        List<List<String>> names = words(AgentDefinition::name);
        List<List<String>> descriptions = words(agent -> agent.withoutExamples().description());
        List<List<String>> bodies = words(AgentDefinition::prompt);
        fields = List.of(
                new Field(new Bm25(names), NAME),
                new Field(new Bm25(descriptions), DESCRIPTION),
                new Field(new Bm25(bodies), BODY),
                new Field(new Bm25(descriptions.stream().map(Words::pairs).toList()), PAIR),
                new Field(new Bm25(bodies.stream().map(Words::pairs).toList()), PAIR));
        var together = new ArrayList<List<String>>();
        for (int i = 0; i < agents.size(); i++) {
            together.add(Stream.of(names, descriptions, bodies)
                    .map(field -> field.get(together.size()))
                    .flatMap(List::stream)
                    .toList());
        }
        everything = new Bm25(together);
        var documents = new ArrayList<List<String>>();
        for (int i = 0; i < agents.size(); i++) {
            for (Example example : agents.get(i).examples()) {
                documents.add(Words.of(example.context() + " " + example.user()));
                exampleOwners.add(i);
                exampleTexts.add(example);
            }
        }
        examples = new Bm25(documents);
    }

    private List<List<String>> words(Function<AgentDefinition, String> text) {
        return agents.stream().map(text).map(Words::of).toList();
    }

    /**
     * The same router, except that it leaves out, for each task, the examples in which a user says just that. For
     * measuring on tasks that were taken from the examples: with them in the index, memory would be measured.
     */
    public Router leavingOneOut() {
        return task -> {
            List<String> same = Words.of(task);
            return route(task, example -> Words.of(example.user()).equals(same));
        };
    }

    @Override
    public Match route(String task) {
        return route(task, example -> false);
    }

    private Match route(String task, Predicate<Example> leftOut) {
        Map<String, String> said = Words.byStem(task);
        Set<String> words = said.keySet();
        List<Scored> scored = scored(words, leftOut);
        List<Candidate> candidates = scored.stream()
                .filter(each -> each.score > 0)
                .limit(CANDIDATES)
                .map(each -> each.candidate(said))
                .toList();
        Optional<String> mentioned = mentioned(task);
        if (mentioned.isPresent()) {
            return new Match(task, candidates, mentioned, Match.Stage.MENTION, "the task names @" + mentioned.get());
        }
        return lexical(task, words, scored, candidates);
    }

    private Optional<String> mentioned(String task) {
        Matcher matcher = MENTION.matcher(task);
        while (matcher.find()) {
            String name = matcher.group(1).toLowerCase(Locale.ROOT);
            Optional<String> agent = agents.stream()
                    .map(AgentDefinition::name)
                    .filter(each -> each.toLowerCase(Locale.ROOT).equals(name))
                    .findFirst();
            if (agent.isPresent()) {
                return agent;
            }
        }
        return Optional.empty();
    }

    private Match lexical(String task, Set<String> words, List<Scored> scored, List<Candidate> candidates) {
        String unknown = unknownMention(task);
        if (candidates.isEmpty()) {
            String why = agents.isEmpty() ? "there are no specialists" : "no specialist knows any word of the task";
            return new Match(task, List.of(), Optional.empty(), Match.Stage.DECLINED, unknown + why);
        }
        Candidate best = candidates.getFirst();
        double coverage = coverage(scored.getFirst(), words);
        if (coverage < LEAST_COVERAGE) {
            return new Match(
                    task,
                    candidates,
                    Optional.empty(),
                    Match.Stage.DECLINED,
                    unknown
                            + "too little of the task is known to anybody; the nearest is " + best.agent() + ", by "
                            + quoted(best.words()));
        }
        String reason = unknown
                + quoted(best.words())
                + best.example()
                        .map(example -> " and its example \"" + example + "\"")
                        .orElse("")
                + (candidates.size() > 1
                        ? "; %.1f against %.1f for %s"
                                .formatted(
                                        best.score(),
                                        candidates.get(1).score(),
                                        candidates.get(1).agent())
                        : "; nobody else fits at all");
        return new Match(task, candidates, Optional.of(best.agent()), Match.Stage.LEXICAL, reason);
    }

    private String unknownMention(String task) {
        Matcher matcher = MENTION.matcher(task);
        if (!matcher.find()) {
            return "";
        }
        var names = agents.stream().map(AgentDefinition::name).toList();
        return "there is no @" + matcher.group(1)
                + DidYouMean.find(matcher.group(1), names)
                        .map(name -> " (did you mean @" + name + "?)")
                        .orElse("")
                + "; ";
    }

    private static String quoted(List<String> words) {
        return words.isEmpty() ? "nothing in particular" : "'" + String.join("', '", words) + "'";
    }

    /** The share of the words that an agent knows, each weighed by its rarity among all agents. */
    private double coverage(Scored best, Set<String> words) {
        double known = 0;
        double all = 0;
        for (String word : words) {
            double weight = importance(word) * everything.weight(word);
            all += weight;
            known += everything.has(best.agent, word) || best.exampleHas(word) ? weight : 0;
        }
        return all == 0 ? 0 : known / all;
    }

    private static double importance(String word) {
        return Words.isEveryday(word) ? EVERYDAY : 1;
    }

    private List<Scored> scored(Set<String> words, Predicate<Example> leftOut) {
        List<String> pairs = Words.pairs(List.copyOf(words));
        var scored = new ArrayList<Scored>();
        for (int i = 0; i < agents.size(); i++) {
            scored.add(new Scored(i));
        }
        for (Scored each : scored) {
            for (Field field : fields) {
                for (String word : words) {
                    each.add(
                            word,
                            importance(word) * field.weight() * field.index().score(each.agent, word));
                }
                for (String pair : pairs) {
                    each.addPair(field.weight() * field.index().score(each.agent, pair));
                }
            }
        }
        for (int e = 0; e < exampleOwners.size(); e++) {
            if (!leftOut.test(exampleTexts.get(e))) {
                scored.get(exampleOwners.get(e)).offer(e, words);
            }
        }
        scored.forEach(Scored::takeExample);
        scored.sort(Comparator.comparingDouble((Scored each) -> -each.score).thenComparing(each -> each.agent));
        return scored;
    }

    /** An agent's score while it adds up. */
    private final class Scored {

        private final int agent;
        private final Map<String, Double> byWord = new LinkedHashMap<>();
        private double score;
        private double bestExample;
        private int example = -1;

        Scored(int agent) {
            this.agent = agent;
        }

        void add(String word, double points) {
            if (points > 0) {
                byWord.merge(word, points, Double::sum);
                score += points;
            }
        }

        void addPair(double points) {
            score += points;
        }

        void offer(int document, Set<String> words) {
            double points = words.stream()
                    .mapToDouble(word -> importance(word) * examples.score(document, word))
                    .sum();
            if (points > bestExample) {
                bestExample = points;
                example = document;
            }
        }

        boolean exampleHas(String word) {
            return example >= 0 && examples.has(example, word);
        }

        void takeExample() {
            if (example >= 0) {
                score += EXAMPLE * bestExample;
            }
        }

        /** @param said the task's words by their stems */
        Candidate candidate(Map<String, String> said) {
            var weighty = said.keySet().stream()
                    .filter(word -> byWord.containsKey(word) || exampleHas(word))
                    .sorted(Comparator.comparingDouble(word -> -points(word)))
                    .limit(SHOWN_WORDS)
                    .map(said::get)
                    .toList();
            boolean counted = example >= 0 && EXAMPLE * bestExample >= score / 3;
            return new Candidate(
                    agents.get(agent).name(),
                    score,
                    weighty,
                    counted ? Optional.of(exampleTexts.get(example).user()) : Optional.empty());
        }

        private double points(String word) {
            double fromExample = example < 0 ? 0 : EXAMPLE * importance(word) * examples.score(example, word);
            return byWord.getOrDefault(word, 0.0) + fromExample;
        }
    }
}
