package dev.yardmaster.routing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** A router's decisions in sentences for people. */
final class Reasons {

    private Reasons() {}

    /** Why the first of these was chosen. */
    static String why(List<Candidate> candidates) {
        Candidate best = candidates.getFirst();
        String found = best.words().isEmpty() ? "its meaning" : quoted(best.words());
        return found
                + best.example()
                        .map(example -> " and its example \"" + example + "\"")
                        .orElse("")
                + (candidates.size() > 1
                        ? String.format(
                                Locale.ROOT,
                                "; %.1f against %.1f for %s",
                                best.score(),
                                candidates.get(1).score(),
                                candidates.get(1).agent())
                        : "; nobody else fits at all");
    }

    /** Too little of the task is known. */
    static String unknown(Candidate nearest, double coverage, double least) {
        return "too little of the task is known to anybody; the nearest is " + nearest.agent() + ", by "
                + quoted(nearest.words()) + " (" + percent(coverage) + " of what the task says; " + percent(least)
                + " would have been enough)";
    }

    /** A single word in a long file is an accident. */
    static String oneWord(Candidate nearest) {
        return "one word is too little to go by; the nearest is " + nearest.agent() + ", by " + quoted(nearest.words())
                + " (two words, or one of its description, would have been enough)";
    }

    /** Neither words nor meaning are near. */
    static String far(Candidate nearest, double sense, double least) {
        return String.format(
                Locale.ROOT,
                "the task is about something else than what anybody here does; the nearest is %s%s (%s; %s would have been"
                        + " enough)",
                nearest.agent(),
                nearest.words().isEmpty() ? "" : ", by " + quoted(nearest.words()),
                below(sense, least),
                figure(least, 2));
    }

    /** With as many decimals as it takes to be less than {@code least}. */
    private static String below(double sense, double least) {
        int decimals = 2;
        while (decimals < 6 && figure(sense, decimals).equals(figure(least, decimals))) {
            decimals++;
        }
        return figure(sense, decimals);
    }

    /** A figure that is never "-0.00". */
    private static String figure(double value, int decimals) {
        return BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_UP)
                .toPlainString();
    }

    private static String percent(double share) {
        return Math.round(100 * share) + " %";
    }

    private static String quoted(List<String> words) {
        return words.isEmpty() ? "nothing in particular" : "'" + String.join("', '", words) + "'";
    }
}
