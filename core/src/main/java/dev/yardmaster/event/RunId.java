package dev.yardmaster.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The name of one run: the caller's own (an order number) or a generated one that sorts by time.
 *
 * @param value 1 to 128 letters, digits, {@code .}, {@code _} and {@code -}, starting with a letter or digit
 */
public record RunId(@JsonValue String value) {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    @JsonCreator
    public RunId {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException("run id '" + value + "' is not usable: 1 to 128 letters, digits, '.',"
                    + " '_' and '-', starting with a letter or digit");
        }
    }

    /** A new id: the time of {@code now} in UTC and six random characters, {@code 20260301-143005-k3v9qz}. */
    public static RunId at(Instant now) {
        var random = ThreadLocalRandom.current();
        var id = new StringBuilder(STAMP.format(now)).append('-');
        for (int i = 0; i < 6; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new RunId(id.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
