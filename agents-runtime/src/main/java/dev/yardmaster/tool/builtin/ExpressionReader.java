package dev.yardmaster.tool.builtin;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Reads the usual expressions: characters, classes of ASCII, groups, repetitions. It gives up on flags, on alphabets by name
 * and on whatever else it does not know. Where a match may begin and end only ({@code ^}, {@code \b}) is left out.
 */
final class ExpressionReader {

    private static final int DEEPEST = 50;

    /** Of what a letter may fold to; long s and the sign of Kelvin are the only ones beyond ASCII that fold into it. */
    private static final String FOLDED_FROM_AFAR = "kKsS";

    private final String written;
    private final boolean ignoreCase;
    private final boolean acrossLines;
    private int at;

    /** Thrown where reading ends; never seen outside. */
    private static final class Unread extends RuntimeException {
        Unread() {
            super(null, null, false, false);
        }
    }

    /** @param acrossLines whether {@code .} is also about ends of lines */
    ExpressionReader(String written, boolean ignoreCase, boolean acrossLines) {
        this.written = written;
        this.ignoreCase = ignoreCase;
        this.acrossLines = acrossLines;
    }

    Optional<Expression> read() {
        try {
            Expression read = choice(0);
            return at == written.length() ? Optional.of(read) : Optional.empty();
        } catch (Unread e) {
            return Optional.empty();
        }
    }

    private boolean ahead(String text) {
        return written.startsWith(text, at);
    }

    private char next() {
        if (at == written.length()) {
            throw new Unread();
        }
        return written.charAt(at++);
    }

    private Expression choice(int depth) {
        if (depth > DEEPEST) {
            throw new Unread();
        }
        var branches = new ArrayList<Expression>();
        branches.add(sequence(depth));
        while (ahead("|")) {
            at++;
            branches.add(sequence(depth));
        }
        return branches.size() == 1 ? branches.getFirst() : new Expression.Choice(List.copyOf(branches));
    }

    private Expression sequence(int depth) {
        var parts = new ArrayList<Expression>();
        while (at < written.length() && !ahead("|") && !ahead(")")) {
            parts.add(repeated(element(depth)));
        }
        return new Expression.Sequence(List.copyOf(parts));
    }

    private Expression element(int depth) {
        char c = next();
        return switch (c) {
            case '(' -> group(depth);
            case '[' -> one(bracketed());
            case '\\' -> escaped();
            case '.' -> one(dot());
            case '^', '$' -> Expression.NOTHING;
            case '*', '+', '?', '{' -> throw new Unread();
            default -> {
                if (Character.isSurrogate(c) || c == '\n') {
                    throw new Unread();
                }
                yield text(c);
            }
        };
    }

    private Expression group(int depth) {
        if (ahead("?:")) {
            at += 2;
        } else if (ahead("?P<")) {
            at = written.indexOf('>', at) + 1;
        } else if (ahead("?")) {
            throw new Unread(); // flags
        }
        if (at == 0) {
            throw new Unread();
        }
        Expression inside = choice(depth + 1);
        if (next() != ')') {
            throw new Unread();
        }
        return inside;
    }

    private Expression text(char c) {
        Set set = folded(new Set().add(c, c));
        return new Expression.One(set.ascii, set.others, ignoreCase ? Optional.empty() : Optional.of(c));
    }

    private Expression one(Set set) {
        Set all = folded(set);
        return new Expression.One(all.ascii, all.others);
    }

    private Expression escaped() {
        char c = next();
        if ("bB".indexOf(c) >= 0) {
            return Expression.NOTHING;
        }
        Optional<Set> known = named(c);
        return known.isPresent() ? one(known.get()) : text(itself(c));
    }

    /** A character behind a backslash that means itself. */
    private static char itself(char c) {
        if (c >= 128 || Character.isLetterOrDigit(c)) {
            throw new Unread(); // \Q, \x41, \p{L} …
        }
        return c;
    }

    /** Characters of a class, of ASCII one by one. */
    private static final class Set {
        final BitSet ascii = new BitSet(128);
        boolean others;

        Set add(int from, int to) {
            ascii.set(Math.min(from, 128), Math.min(to + 1, 128));
            others |= to >= 128;
            return this;
        }

        void add(Set more) {
            ascii.or(more.ascii);
            others |= more.others;
        }

        /** All others, and of those beyond ASCII any. */
        Set negated() {
            var left = new Set();
            left.ascii.set(0, 128);
            left.ascii.andNot(ascii);
            left.others = true;
            return left;
        }
    }

    private Set folded(Set set) {
        if (!ignoreCase) {
            return set;
        }
        var all = new Set();
        all.add(set);
        for (char c = 'a'; c <= 'z'; c++) {
            char upper = Character.toUpperCase(c);
            if (set.ascii.get(c) || set.ascii.get(upper)) {
                all.add(c, c).add(upper, upper);
                all.others |= FOLDED_FROM_AFAR.indexOf(c) >= 0;
            }
        }
        if (set.others) {
            FOLDED_FROM_AFAR.chars().forEach(c -> all.add(c, c));
        }
        return all;
    }

    private Set dot() {
        var all = new Set().add(0, Character.MAX_VALUE);
        all.ascii.set('\n', acrossLines);
        return all;
    }

    /** A class of Perl's or a control character. */
    private static Optional<Set> named(char c) {
        var set = new Set();
        switch (Character.toLowerCase(c)) {
            case 'd' -> set.add('0', '9');
            case 'w' -> set.add('0', '9').add('a', 'z').add('A', 'Z').add('_', '_');
            case 's' -> set.add('\t', '\n').add('\f', '\r').add(' ', ' ');
            default -> {
                int control = "tnrf".indexOf(c);
                return control < 0
                        ? Optional.empty()
                        : Optional.of(set.add("\t\n\r\f".charAt(control), "\t\n\r\f".charAt(control)));
            }
        }
        return Optional.of(Character.isUpperCase(c) ? set.negated() : set);
    }

    /** To the closing bracket. */
    private Set bracketed() {
        boolean negated = ahead("^");
        at += negated ? 1 : 0;
        var set = new Set();
        for (boolean first = true; first || !ahead("]"); first = false) {
            if (ahead("[:")) {
                set.add(posix());
                continue;
            }
            char from = next();
            if (from == '\\') {
                char c = next();
                Optional<Set> known = named(c);
                if (known.isPresent()) {
                    set.add(known.get());
                    if (ahead("-")) {
                        throw new Unread();
                    }
                    continue;
                }
                from = itself(c);
            }
            set.add(from, ahead("-") && !ahead("-]") ? end() : from);
        }
        at++;
        return negated ? folded(set).negated() : set;
    }

    /** The last of a range. */
    private char end() {
        at++;
        char to = next();
        if (to == '[') {
            throw new Unread();
        }
        if (to == '\\') {
            to = itself(next());
        }
        return to;
    }

    private Set posix() {
        int end = written.indexOf(":]", at);
        if (end < 0) {
            throw new Unread();
        }
        String name = written.substring(at + 2, end);
        at = end + 2;
        var set = new Set();
        return switch (name) {
            case "alpha" -> set.add('a', 'z').add('A', 'Z');
            case "digit" -> set.add('0', '9');
            case "alnum" -> set.add('a', 'z').add('A', 'Z').add('0', '9');
            case "upper" -> set.add('A', 'Z');
            case "lower" -> set.add('a', 'z');
            case "space" -> set.add('\t', '\r').add(' ', ' ');
            case "xdigit" -> set.add('0', '9').add('a', 'f').add('A', 'F');
            default -> throw new Unread();
        };
    }

    /** With how often it occurs, and past that. */
    private Expression repeated(Expression part) {
        if (at == written.length() || "*+?{".indexOf(written.charAt(at)) < 0) {
            return part;
        }
        Expression all = switch (next()) {
            case '*' -> new Expression.Repeated(part, 0, Expression.Repeated.ANY);
            case '+' -> new Expression.Repeated(part, 1, Expression.Repeated.ANY);
            case '?' -> new Expression.Repeated(part, 0, 1);
            default -> counted(part);
        };
        at += ahead("?") ? 1 : 0; // lazy
        if (at < written.length() && "*+?{".indexOf(written.charAt(at)) >= 0) {
            throw new Unread(); // a repetition of a repetition
        }
        return all;
    }

    /** Reads past the closing brace. */
    private Expression counted(Expression part) {
        int end = written.indexOf('}', at);
        if (end < 0 || !written.substring(at, end).matches("[0-9]{1,4}(,[0-9]{0,4})?")) {
            throw new Unread();
        }
        String[] counts = written.substring(at, end).split(",", -1);
        at = end + 1;
        int least = Integer.parseInt(counts[0]);
        if (counts.length == 1) {
            return new Expression.Repeated(part, least, least);
        }
        return new Expression.Repeated(
                part, least, counts[1].isEmpty() ? Expression.Repeated.ANY : Integer.parseInt(counts[1]));
    }
}
