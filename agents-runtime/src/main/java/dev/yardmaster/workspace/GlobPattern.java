package dev.yardmaster.workspace;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A glob as an expression of a linear-time engine: {@code *} and {@code ?} within a name, {@code **} across folders,
 * {@code [a-z]}, {@code {a,b}}. (The JDK's own matcher takes exponential time on hostile patterns.)
 */
public final class GlobPattern {

    private static final int MAX_LENGTH = 1_000;

    private final Pattern pattern;

    private GlobPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** A pattern. @throws InvalidGlobException when it is no glob */
    public static GlobPattern of(String glob) {
        if (glob.length() > MAX_LENGTH || glob.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidGlobException("the pattern is longer than " + MAX_LENGTH
                    + " characters or holds control characters; use a plain pattern such as **/*.py");
        }
        try {
            return new GlobPattern(Pattern.compile(new Translation(glob).regex(), Pattern.DOTALL));
        } catch (PatternSyntaxException e) {
            throw new InvalidGlobException("'" + glob + "' is not a usable pattern: " + e.getDescription());
        }
    }

    /** Whether all of a path matches. @param path with {@code /} between names */
    public boolean matches(String path) {
        return pattern.matches(path);
    }

    /** Goes through a glob once and writes the expression. */
    private static final class Translation {

        private final String glob;
        private final StringBuilder regex = new StringBuilder();
        private int at;
        private int braces;

        Translation(String glob) {
            this.glob = glob;
        }

        String regex() {
            while (at < glob.length()) {
                int start = at;
                char c = glob.charAt(at++);
                switch (c) {
                    case '*' -> star();
                    case '?' -> regex.append("[^/]");
                    case '[' -> range();
                    case '{' -> {
                        braces++;
                        regex.append("(?:");
                    }
                    case '}' -> regex.append(braces-- > 0 ? ")" : "\\}");
                    case ',' -> regex.append(braces > 0 ? "|" : ",");
                    case '\\' -> regex.append(Pattern.quote(at < glob.length() ? glob.substring(at, ++at) : "\\"));
                    default -> {
                        int end = Character.isHighSurrogate(c) && at < glob.length() ? ++at : at;
                        regex.append(Pattern.quote(glob.substring(start, end)));
                    }
                }
            }
            if (braces > 0) {
                throw new InvalidGlobException("'" + glob + "' has a '{' without its '}'");
            }
            return regex.toString();
        }

        private void star() {
            if (!glob.startsWith("*", at)) {
                regex.append("[^/]*");
                return;
            }
            while (glob.startsWith("*", at)) {
                at++;
            }
            if (glob.startsWith("/", at)) {
                at++;
                regex.append("(?:.*/)?");
            } else {
                regex.append(".*");
            }
        }

        private void range() {
            int close = glob.indexOf(']', at + 1);
            if (close < 0) {
                regex.append("\\[");
                return;
            }
            String inside = glob.substring(at, close).replace("\\", "\\\\").replace("[", "\\[");
            boolean negated = inside.startsWith("!") || inside.startsWith("^");
            regex.append('[')
                    .append(negated ? "^/" + inside.substring(1) : inside)
                    .append(']');
            at = close + 1;
        }
    }
}
