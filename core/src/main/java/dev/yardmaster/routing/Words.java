package dev.yardmaster.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Cuts text into words that can be compared: lower case, parts of {@code camelCase} and {@code kebab-case} names apart,
 * common English words left out, endings taken off by the first steps of Porter's algorithm (M. F. Porter, "An algorithm
 * for suffix stripping", 1980) and a few common ones more.
 */
final class Words {

    private static final Pattern SPLIT = Pattern.compile("[^\\p{L}\\p{N}+#]+|(?<=\\p{Ll})(?=\\p{Lu})");

    private static final Set<String> COMMON = Set.of(
            ("a about after all also an and any are as at be because been being but by can could did do does doing for from"
                            + " get give had has have having he her here his how i if in into is it its just let like make"
                            + " me more most my need no not now of off on only or other our out over please s she should"
                            + " so some such t than that the their them then there these they this those through to too"
                            + " under up us use user using very want was we well were what when where which while who why"
                            + " will with would you your agent assistant example examples ll ve re help")
                    .split(" "));

    /** Words of every day: they say a little, and in a small catalogue they look rarer than they are. */
    private static final Set<String> EVERYDAY = stems(
            "able actually add already always anything away back bad before best better big build come could create"
                    + " currently day different down during ever everybody everything few first getting go goes going"
                    + " gone good keep know large last long look many month much nothing now often one people person"
                    + " properly really same say see seem set since small something still sure take tell ten thing"
                    + " think three time today try trying turn two until way week went within without work write year"
                    + " yesterday");

    private Words() {}

    private static Set<String> stems(String words) {
        return Arrays.stream(words.split(" ")).map(Words::stem).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a stem says little, whatever the texts are about. */
    static boolean isEveryday(String stem) {
        return EVERYDAY.contains(stem);
    }

    /** Neighbours, in order: what words mean together is often another thing than what they mean alone. */
    static List<String> pairs(List<String> words) {
        var pairs = new ArrayList<String>();
        for (int i = 0; i + 1 < words.size(); i++) {
            pairs.add(words.get(i) + " " + words.get(i + 1));
        }
        return pairs;
    }

    /** The stems of a text's words, in order. */
    static List<String> of(String text) {
        return plain(text).stream().map(Words::stem).toList();
    }

    /** The stems of a text's words, each once, with the first word that has it. */
    static Map<String, String> byStem(String text) {
        var words = new LinkedHashMap<String, String>();
        plain(text).forEach(word -> words.putIfAbsent(stem(word), word));
        return words;
    }

    private static List<String> plain(String text) {
        var words = new ArrayList<String>();
        for (String part : SPLIT.split(text)) {
            String word = part.toLowerCase(Locale.ROOT);
            if (word.length() > 1 && !COMMON.contains(word) && word.length() <= 40) {
                words.add(word);
            }
        }
        return words;
    }

    static String stem(String word) {
        if (word.length() < 4 || !word.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
            return word;
        }
        return withoutE(withoutDerivation(withoutInflection(withoutPlural(word))));
    }

    private static String withoutPlural(String word) {
        if (word.endsWith("sses")) {
            return cut(word, 2);
        }
        if (word.endsWith("ies")) {
            return cut(word, 3) + "y";
        }
        boolean plural = word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us") && !word.endsWith("is");
        return plural ? cut(word, 1) : word;
    }

    private static String withoutInflection(String word) {
        for (String ending : List.of("ing", "ed")) {
            String rest = word.endsWith(ending) ? cut(word, ending.length()) : "";
            if (rest.length() >= 3 && rest.chars().anyMatch(c -> "aeiouy".indexOf(c) >= 0)) {
                boolean doubled = rest.charAt(rest.length() - 1) == rest.charAt(rest.length() - 2)
                        && "lsz".indexOf(rest.charAt(rest.length() - 1)) < 0;
                return doubled ? cut(rest, 1) : rest;
            }
        }
        return word;
    }

    private static String withoutDerivation(String word) {
        for (String ending : List.of(
                "ization", "isation", "ation", "ition", "izer", "iser", "ize", "ise", "ment", "ion", "er", "or", "al",
                "ly", "ive")) {
            if (word.endsWith(ending) && word.length() - ending.length() >= 4) {
                return cut(word, ending.length());
            }
        }
        return word;
    }

    private static String withoutE(String word) {
        return word.endsWith("e") && word.length() > 4 ? cut(word, 1) : word.endsWith("y") ? cut(word, 1) + "i" : word;
    }

    private static String cut(String word, int length) {
        return word.substring(0, word.length() - length);
    }
}
