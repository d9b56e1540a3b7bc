package dev.yardmaster.models;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The wait that a response asks for: {@code retry-after-ms} (OpenAI, Azure), or {@code Retry-After} in seconds or as a
 * date (RFC 9110, 10.2.3).
 */
final class RetryAfter {

    private RetryAfter() {}

    /** @param now what a date is compared with */
    static Optional<Duration> of(HttpHeaders headers, Instant now) {
        return headers.firstValue("retry-after-ms")
                .flatMap(RetryAfter::millis)
                .or(() -> headers.firstValue("Retry-After")
                        .flatMap(value -> seconds(value).or(() -> date(value, now))));
    }

    private static Optional<Duration> millis(String value) {
        return number(value, 1);
    }

    private static Optional<Duration> seconds(String value) {
        return number(value, 1000);
    }

    private static Optional<Duration> number(String value, int factor) {
        try {
            double millis = Double.parseDouble(value.strip()) * factor;
            return millis >= 0 && millis < 1e15 ? Optional.of(Duration.ofMillis(Math.round(millis))) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> date(String value, Instant now) {
        try {
            Duration wait = Duration.between(
                    now,
                    ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
