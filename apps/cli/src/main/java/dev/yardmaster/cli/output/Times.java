package dev.yardmaster.cli.output;

import dev.yardmaster.event.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Durations and numbers for people. */
public final class Times {

    private Times() {}

    /** {@code 0.4 s}, {@code 12 s}, {@code 3 min 5 s}, {@code 2 h 10 min}, {@code 4 days}. */
    public static String of(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        if (seconds < 3_600) {
            return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds < 86_400 ? seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min" : seconds / 86_400 + " days";
    }

    /** {@code 4 s}, {@code 31 min}, {@code 2 h}, {@code 1 day}: to be read at a glance. */
    public static String roughly(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 3_600) {
            return seconds < 60 ? seconds + " s" : seconds / 60 + " min";
        }
        long days = seconds / 86_400;
        return days == 0 ? seconds / 3_600 + " h" : days == 1 ? "1 day" : days + " days";
    }

    /** {@code 33,600 in (30,100 cached), 820 out}. */
    public static String tokens(Usage usage) {
        String cached = usage.cacheReadTokens() == 0 ? "" : " (" + number(usage.cacheReadTokens()) + " cached)";
        return number(usage.inputTokens()) + " in" + cached + ", " + number(usage.outputTokens()) + " out";
    }

    /** {@code 33,600}. */
    public static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 14:30:05}, with the day when that is another: {@code 2026-11-29 14:30:05}. */
    public static String at(Instant instant) {
        LocalDateTime local =
                LocalDateTime.ofInstant(instant, ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
        String time = DateTimeFormatter.ISO_LOCAL_TIME.format(local);
        return local.toLocalDate().equals(LocalDate.now()) ? time : local.toLocalDate() + " " + time;
    }
}
