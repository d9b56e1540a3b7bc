package dev.yardmaster.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The name of one run: the caller's own (an order number) or a generated one that sorts by time.
 *
 * @param value 1 to 128 letters, digits, {@code .}, {@code _} and {@code -}, starting with a letter or digit
 */
public record RunId(@JsonValue String value) {

    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    @JsonCreator
    public RunId {
        if (!isUsable(value)) {
            throw new IllegalArgumentException("run id '" + value + "' is not usable: 1 to 128 letters, digits, '.',"
                    + " '_' and '-', starting with a letter or digit");
        }
    }

    private static boolean isUsable(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!plain && (i == 0 || c != '.' && c != '_' && c != '-')) {
                return false;
            }
        }
        return !value.isEmpty() && value.length() <= 128;
    }

    /** A new id: the time of {@code now} in UTC and six random characters, {@code 20260301-143005-k3v9qz}. */
    public static RunId at(Instant now) {
        var random = ThreadLocalRandom.current();
        var id = new StringBuilder(stamp(now.getEpochSecond())).append('-');
        for (int i = 0; i < 6; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new RunId(id.toString());
    }

    private static String stamp(long second) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        long date = time.getYear() * 10_000L + time.getMonthValue() * 100 + time.getDayOfMonth();
        int clock = time.getHour() * 10_000 + time.getMinute() * 100 + time.getSecond();
        return date + "-" + Integer.toString(1_000_000 + clock).substring(1);
    }

    // Spelled out, as the first run of a process asks for them: those of a record are linked when first asked for.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RunId that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
