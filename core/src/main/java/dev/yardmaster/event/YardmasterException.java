package dev.yardmaster.event;

import java.util.Locale;
import java.util.Map;

/**
 * The one unchecked root of what Yardmaster throws. Its message says what is wrong, where, and what to do; a caller
 * that only shows it to a person has done enough.
 */
public class YardmasterException extends RuntimeException {

    public YardmasterException(String message) {
        super(message);
    }

    public YardmasterException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A stable name for programs: the class's own name, {@code missing-value} for {@code MissingValueException}. */
    public String kind() {
        return getClass()
                .getSimpleName()
                .replaceFirst("Exception$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }

    /** Further facts by name, as its failure records them; never a secret. */
    public Map<String, String> facts() {
        return Map.of();
    }

    /** Whether trying the same again may succeed. */
    public boolean retryable() {
        return false;
    }
}
