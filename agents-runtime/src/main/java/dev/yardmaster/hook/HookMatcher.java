package dev.yardmaster.hook;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which tools, or agents, a hook concerns: all, names between {@code |} or commas, or a regular expression that may match
 * anywhere in the name (RE2, in place of JavaScript's: without look-around and back references, and in linear time).
 */
public final class HookMatcher {

    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9_\\- ,|]+");
    private static final HookMatcher ALL = new HookMatcher("*", Optional.empty());

    private final String text;
    private final Optional<Pattern> pattern;

    private HookMatcher(String text, Optional<Pattern> pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    /** @throws IllegalArgumentException when it is no regular expression */
    public static HookMatcher of(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty() || stripped.equals("*")) {
            return ALL;
        }
        if (NAMES.matches(stripped)) {
            return new HookMatcher(stripped, Optional.empty());
        }
        try {
            return new HookMatcher(stripped, Optional.of(Pattern.compile(stripped)));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'" + stripped + "' is no regular expression: " + e.getDescription(), e);
        }
    }

    /** Whether it concerns what has one of these names. */
    public boolean matches(Collection<String> names) {
        return isAll() || names.stream().anyMatch(this::matches);
    }

    private boolean matches(String name) {
        return pattern.map(each -> each.matcher(name).find())
                .orElseGet(() -> Arrays.stream(text.split("[|,]"))
                        .anyMatch(each -> each.strip().equalsIgnoreCase(name)));
    }

    boolean isAll() {
        return this == ALL;
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HookMatcher matcher && matcher.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
