package dev.yardmaster.event;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name somebody meant when they mistyped it. */
public final class DidYouMean {

    /** Longer names are no slips of somebody's; comparing them costs the product of their lengths. */
    private static final int LONGEST = 64;

    /** Of more candidates only these many are looked at: what is told is a courtesy, and has to cost little. */
    private static final int MOST = 2_000;

    private DidYouMean() {}

    /**
     * The candidate nearest to {@code name} by edit distance, if it is near enough to be a slip. Of equally near ones
     * those with the same letters come first (two were swapped, one was doubled), then those of the same length, then by
     * name. Of names over 64 characters, and beyond the first 2,000 candidates, nothing is found.
     */
    public static Optional<String> find(String name, Collection<String> candidates) {
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        int limit = Math.min(Math.max(1, name.length() / 3), name.length() - 1); // another letter is no slip of one
        return candidates.stream()
                .limit(MOST)
                .filter(candidate -> Math.abs(candidate.length() - name.length()) <= limit)
                .filter(candidate -> distance(name, candidate) <= limit)
                .min(Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                        .thenComparing(candidate -> !letters(candidate).equals(letters(name)))
                        .thenComparing(candidate -> Math.abs(candidate.length() - name.length()))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String letters(String word) {
        return word.toLowerCase(Locale.ROOT)
                .chars()
                .distinct()
                .sorted()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** {@code "; did you mean 'x'?"}, or nothing when no candidate is near. */
    public static String hint(String name, Collection<String> candidates) {
        return find(name, candidates)
                .map(found -> "; did you mean '" + found + "'?")
                .orElse("");
    }

    /** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours, ignoring case. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1), cost[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
