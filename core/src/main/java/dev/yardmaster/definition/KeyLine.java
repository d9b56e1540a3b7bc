package dev.yardmaster.definition;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that may start a key, as the tolerant reader sees it.
 *
 * @param key without quotes
 * @param rest what follows the colon
 */
record KeyLine(String key, String rest) {

    /** A word and a colon in column 1; for a key that is read, the blank after the colon may be missing. */
    private static final Pattern KEY =
            Pattern.compile("([\"']?)([A-Za-z][A-Za-z0-9_-]{0,63})\\1[ \\t]*:(?:(?=[\\s\\u00a0])|$)(.*)");

    private static final Pattern KNOWN_KEY =
            Pattern.compile("([\"']?)(" + String.join("|", AgentKeys.READ) + ")\\1[ \\t]*:(.*)");

    /** What the authors of examples write at the start of a line. */
    private static final Set<String> WORDS_OF_EXAMPLES = Set.of(
            "user",
            "assistant",
            "human",
            "agent",
            "context",
            "example",
            "examples",
            "commentary",
            "note",
            "notes",
            "result",
            "response",
            "scenario",
            "trigger",
            "task");

    /** A limit that is written so that no reader takes it for a key: indented, in a list, with another colon. */
    private static final Pattern LOST_LIMIT = Pattern.compile(
            "\\s*(?:[-*]\\s+)?[\"'`]?(" + String.join("|", AgentKeys.LIMITS) + ")[\"'`]?\\s*[:=\\uff1a].*");

    private static final Pattern LOST_CAPITALISED = Pattern.compile("(?:Tools|TOOLS)\\s*[:=\\uff1a].*");

    private static final Pattern MERGE = Pattern.compile("\\s*<<\\s*:.*");

    static Optional<KeyLine> of(String line) {
        Matcher known = KNOWN_KEY.matcher(line);
        if (known.matches()) {
            return Optional.of(new KeyLine(known.group(2), known.group(3)));
        }
        Matcher any = KEY.matcher(line);
        return any.matches() && !WORDS_OF_EXAMPLES.contains(any.group(2).toLowerCase(Locale.ROOT))
                ? Optional.of(new KeyLine(any.group(2), any.group(3)))
                : Optional.empty();
    }

    boolean isCapitalised() {
        return Character.isUpperCase(key.charAt(0));
    }

    boolean isRead() {
        return AgentKeys.READ.contains(key);
    }

    /** The limiting key that a line within another value may have been meant to be. */
    static Optional<String> lostLimit(String line) {
        Matcher lost = LOST_LIMIT.matcher(line);
        if (lost.matches()) {
            return Optional.of(lost.group(1));
        }
        return LOST_CAPITALISED.matcher(line).matches() || MERGE.matcher(line).matches()
                ? Optional.of(AgentKeys.TOOLS)
                : Optional.empty();
    }
}
