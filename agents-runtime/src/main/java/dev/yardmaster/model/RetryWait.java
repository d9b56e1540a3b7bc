package dev.yardmaster.model;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How long a provider asks to wait, read from the text of its error: langchain4j does not hand on the
 * {@code Retry-After} header. Known forms: {@code "retryDelay": "34s"} (Gemini), {@code try again in 6m0s} or
 * {@code 120ms} (OpenAI), {@code retry after 20 seconds} (Azure).
 */
final class RetryWait {

    private static final String SECONDS = "\\d{1,6}(?:\\.\\d{1,9})?";
    private static final Pattern ISO_LIKE = Pattern.compile(
            "(?i)(?:\"retryDelay\"\\s*:\\s*\"|try again in )((?:\\d{1,3}h)?(?:\\d{1,4}m)?" + SECONDS + "s)");
    private static final Pattern MILLIS = Pattern.compile("(?i)try again in (\\d{1,9})ms");
    private static final Pattern WORDS =
            Pattern.compile("(?i)(?:try again in|retry[- ]after)[\"':]*\\s*(" + SECONDS + ")\\s?sec");

    private RetryWait() {}

    static Optional<Duration> find(String text) {
        Matcher isoLike = ISO_LIKE.matcher(text);
        if (isoLike.find()) {
            return Optional.of(Duration.parse("PT" + isoLike.group(1).toUpperCase(Locale.ROOT)));
        }
        Matcher millis = MILLIS.matcher(text);
        if (millis.find()) {
            return Optional.of(Duration.ofMillis(Long.parseLong(millis.group(1))));
        }
        Matcher words = WORDS.matcher(text);
        return words.find() ? Optional.of(Duration.parse("PT" + words.group(1) + "S")) : Optional.empty();
    }
}
