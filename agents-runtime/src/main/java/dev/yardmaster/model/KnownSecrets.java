package dev.yardmaster.model;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Takes out of texts what is certainly a secret: the values of environment variables that are named like one, and keys of
 * well-known shapes. Unlike {@link Secrets}, which hides a word too many rather than show a key, it leaves source code as
 * it is, so it can stand between tools and models: {@code Orchestrator.builder().redact(KnownSecrets.of(environment))}.
 * Immutable and thread-safe; what it gave it gives again unchanged.
 */
public final class KnownSecrets implements UnaryOperator<String> {

    /** What stands in the place of a secret begins with this. */
    public static final String MARK = "[redacted: ";

    private static final int SHORTEST = 8;
    private static final Pattern NAMED =
            Pattern.compile("(?i)(?:.*_)?(?:api_?key|key|token|secret|password|passwd|credentials?|pat)");
    private static final Pattern SHAPED = Pattern.compile("-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----[^-]*"
            + "-----END (?:[A-Z]+ )*PRIVATE KEY-----"
            + "|\\b(?:sk-[A-Za-z0-9_-]{20,}"
            + "|(?:sk|rk)_live_[A-Za-z0-9]{20,}"
            + "|gh[opsur]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,}|glpat-[A-Za-z0-9_-]{20,}"
            + "|xox[abeprs]-[A-Za-z0-9-]{20,}"
            + "|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[A-Za-z0-9_-]{35}"
            + "|gsk_[A-Za-z0-9]{40,}|xai-[A-Za-z0-9]{40,}|hf_[A-Za-z0-9]{30,}|npm_[A-Za-z0-9]{36}"
            + "|eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,})");
    /** A word such as {@code sk-learn-and-many-more-words} has the shape of a key and not its digits. */
    private static final Pattern DIGITS = Pattern.compile("[0-9].*[0-9]|PRIVATE KEY");

    private record Value(String name, String text) {}

    private final List<Value> values;

    private KnownSecrets(List<Value> values) {
        this.values = values;
    }

    /**
     * @param environment the process's: values of variables such as {@code OPENAI_API_KEY}, {@code GITHUB_TOKEN} and {@code
     *     DB_PASSWORD} are secrets, unless they are shorter than 8 characters or a path
     */
    public static KnownSecrets of(Map<String, String> environment) {
        return new KnownSecrets(environment.entrySet().stream()
                .filter(each -> NAMED.matches(each.getKey()))
                .map(each -> new Value(each.getKey(), each.getValue().strip()))
                .filter(each -> each.text().length() >= SHORTEST
                        && !each.text().startsWith("/")
                        && !each.text().startsWith("["))
                .sorted(Comparator.<Value>comparingInt(each -> each.text().length())
                        .reversed()
                        .thenComparing(Value::name))
                .toList());
    }

    /** Whether an environment's variable of this name holds a secret: {@code OPENAI_API_KEY}, {@code GITHUB_TOKEN}. */
    public static boolean isNamed(String variable) {
        return NAMED.matches(variable);
    }

    @Override
    public String apply(String text) {
        String left = text;
        for (Value value : values) {
            left = left.replace(value.text(), MARK + value.name() + "]");
        }
        Matcher shaped = SHAPED.matcher(left);
        if (!shaped.find()) {
            return left;
        }
        var hidden = new StringBuilder();
        int end = 0;
        do {
            hidden.append(left, end, shaped.start());
            hidden.append(DIGITS.matcher(shaped.group()).find() ? MARK + "a key]" : shaped.group());
            end = shaped.end();
        } while (shaped.find());
        return hidden.append(left, end, left.length()).toString();
    }
}
