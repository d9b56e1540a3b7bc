package dev.yardmaster.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Weighs documents by the words they share with a query: Okapi BM25 (S. Robertson, H. Zaragoza, "The Probabilistic
 * Relevance Framework", 2009) with k1 = 1.2 and b = 0.75. Immutable once built.
 */
final class Bm25 {

    private static final double K1 = 1.2;
    private static final double B = 0.75;

    /** A document that has a word, and what the word contributes to its score. */
    record Posting(int document, double score) {}

    private final int documents;
    private final Map<String, List<Posting>> postings = new HashMap<>();

    Bm25(List<List<String>> documents) {
        this.documents = documents.size();
        double averageLength =
                Math.max(1, documents.stream().mapToInt(List::size).average().orElse(1));
        var documentsWith = new HashMap<String, Integer>();
        documents.forEach(
                document -> new HashSet<>(document).forEach(word -> documentsWith.merge(word, 1, Integer::sum)));
        for (int i = 0; i < documents.size(); i++) {
            int at = i;
            double length = 1 - B + B * documents.get(i).size() / averageLength;
            var counts = new HashMap<String, Integer>();
            documents.get(i).forEach(word -> counts.merge(word, 1, Integer::sum));
            counts.forEach((word, count) -> {
                double score = rarity(documentsWith.get(word)) * count * (K1 + 1) / (count + K1 * length);
                postings.computeIfAbsent(word, none -> new ArrayList<>()).add(new Posting(at, score));
            });
        }
    }

    private double rarity(int with) {
        return Math.log(1 + (documents - with + 0.5) / (with + 0.5));
    }

    /** How much a word says: the rarer, the more; one that no document has says as much as one that a single document has. */
    double weight(String word) {
        return rarity(Math.max(1, with(word).size()));
    }

    /** The documents that have a word, in order. */
    List<Posting> with(String word) {
        return postings.getOrDefault(word, List.of());
    }
}
