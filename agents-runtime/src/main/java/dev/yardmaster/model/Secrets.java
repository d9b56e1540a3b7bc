package dev.yardmaster.model;

import com.google.re2j.Pattern;

/**
 * Takes keys out of texts that other programs wrote. It knows the shapes of the usual keys and the places they stand in;
 * it would rather hide a word too many than show a key.
 */
public final class Secrets {

    private static final String HIDDEN = "[redacted]";
    private static final Pattern HEADER = Pattern.compile("(?i)\\b((?:proxy-)?authorization[\"']?\\s*[:=]\\s*[\"']?"
            + "(?:(?:bearer|basic|token)\\s+)?)[^\\s\"',;}\\]]+");
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer\\s+)[a-z0-9._~+/=*-]{8,}");
    private static final Pattern NAMED =
            Pattern.compile("(?i)(api[-_ ]?key(?: provided)?[\"']?\\s*[:=]\\s*[\"']?|[?&]key=)[^\\s\"',;}\\]&]+");
    private static final Pattern SHAPED =
            Pattern.compile("\\b(?:(?:sk|pk|rk|gsk|xai|hf|ghp|github_pat)[-_][A-Za-z0-9_*-]{6,}|AIza[A-Za-z0-9_-]{20,}"
                    + "|AKIA[A-Z0-9]{16}|eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*)");

    private Secrets() {}

    /** The text with {@code [redacted]} in place of every key. */
    public static String hide(String text) {
        String hidden = HEADER.matcher(text).replaceAll("$1" + HIDDEN);
        hidden = BEARER.matcher(hidden).replaceAll("$1" + HIDDEN);
        hidden = NAMED.matcher(hidden).replaceAll("$1" + HIDDEN);
        return SHAPED.matcher(hidden).replaceAll(HIDDEN);
    }
}
