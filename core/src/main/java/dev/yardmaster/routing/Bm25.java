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

    private final List<Map<String, Integer>> counts = new ArrayList<>();
    private final List<Integer> lengths = new ArrayList<>();
    private final Map<String, Integer> documentsWith = new HashMap<>();
    private final double averageLength;

    Bm25(List<List<String>> documents) {
        for (List<String> document : documents) {
            var count = new HashMap<String, Integer>();
            document.forEach(word -> count.merge(word, 1, Integer::sum));
            counts.add(count);
            lengths.add(document.size());
            new HashSet<>(document).forEach(word -> documentsWith.merge(word, 1, Integer::sum));
        }
        averageLength = Math.max(
                1, lengths.stream().mapToInt(Integer::intValue).average().orElse(1));
    }

    /** How much a word says: the rarer, the more. */
    double weight(String word) {
        int with = documentsWith.getOrDefault(word, 0);
        return Math.log(1 + (counts.size() - with + 0.5) / (with + 0.5));
    }

    boolean has(int document, String word) {
        return counts.get(document).containsKey(word);
    }

    /** What one word contributes to a document's score. */
    double score(int document, String word) {
        int count = counts.get(document).getOrDefault(word, 0);
        if (count == 0) {
            return 0;
        }
        double length = 1 - B + B * lengths.get(document) / averageLength;
        return weight(word) * count * (K1 + 1) / (count + K1 * length);
    }
}
