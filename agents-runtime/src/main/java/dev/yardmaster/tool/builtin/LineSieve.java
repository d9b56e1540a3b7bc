package dev.yardmaster.tool.builtin;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Passes over what cannot match, without running the expression over it: most of what is searched. It looks for texts that
 * every match holds, and goes by an automaton; where an expression gives neither, by the expression itself. Not
 * thread-safe.
 */
final class LineSieve {

    /** Flags that are switched off inside an expression, such as that {@code ^} and {@code $} are about lines. */
    private static final Pattern TAKES_BACK = Pattern.compile("\\(\\?[a-zA-Z]*-");

    private final Pattern pattern;
    private final List<String> required;

    /** Whether the texts are the same bytes in every charset that files are read in; ends of lines are read as one. */
    private final boolean plain;

    private final Optional<LineAutomaton> automaton;
    private final boolean leaps;

    private LineSieve(Pattern pattern, List<String> required, Optional<LineAutomaton> automaton) {
        this.pattern = pattern;
        this.required = required;
        this.plain = required.stream().allMatch(text -> text.chars().allMatch(c -> c >= ' ' && c < 128));
        this.automaton = automaton;
        String written = pattern.pattern();
        this.leaps = !written.contains("\\A")
                && !written.contains("\\z")
                && !written.contains("\\Z")
                && !TAKES_BACK.matcher(written).find();
    }

    static LineSieve of(Pattern pattern, GrepOptions options) {
        Optional<Expression> read = Expression.of(pattern.pattern(), options.ignoreCase(), options.multiline());
        return new LineSieve(
                pattern,
                read.map(RequiredText::of).orElse(List.of()),
                read.flatMap(each -> LineAutomaton.of(each, options.multiline())));
    }

    /** Whether there may be a match in what a file begins with, or holds in all. */
    boolean mayHold(byte[] bytes, int length) {
        if (isWide(bytes, length)) {
            return true;
        }
        if (plain && !required.isEmpty()) {
            var content = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            if (required.stream().noneMatch(content::contains)) {
                return false;
            }
        }
        return able().map(each -> each.mayMatch(bytes, length)).orElse(true);
    }

    /** Whether it begins with a mark of UTF-16. */
    private static boolean isWide(byte[] bytes, int length) {
        return length > 1
                && (bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe
                        || bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff);
    }

    private Optional<LineAutomaton> able() {
        return automaton.filter(LineAutomaton::isAble);
    }

    /** Whether a line may match. */
    boolean mayMatch(String line) {
        return able().map(each -> each.find(line, 0, line.length()) >= 0).orElse(true);
    }

    /** Where in a text of several lines one that may match has a part. */
    interface Leap {
        /** @return from here on; -1 when there is none */
        int from(int at);
    }

    Leap leap(String text) {
        if (!required.isEmpty()) {
            int[] next = new int[required.size()];
            return at -> nearest(text, at, next);
        }
        if (able().isPresent()) {
            return at -> able().map(each -> each.find(text, at, text.length())).orElse(at);
        }
        if (leaps && text.indexOf('\r') < 0) { // what matches in a line matches in the text, too
            Matcher all = pattern.matcher(text);
            return at -> all.find(at) ? all.start() : -1;
        }
        return at -> at;
    }

    /** @param next where each of the required texts was found last; behind the end when it is not there any more */
    private int nearest(String text, int at, int[] next) {
        int nearest = Integer.MAX_VALUE;
        for (int i = 0; i < next.length; i++) {
            if (next[i] < at || next[i] == 0) {
                int found = text.indexOf(required.get(i), at);
                next[i] = found < 0 ? Integer.MAX_VALUE : found;
            }
            nearest = Math.min(nearest, next[i]);
        }
        return nearest == Integer.MAX_VALUE ? -1 : nearest;
    }
}
