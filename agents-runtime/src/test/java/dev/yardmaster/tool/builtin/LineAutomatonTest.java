package dev.yardmaster.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineAutomatonTest {

    private static Optional<LineAutomaton> of(String expression, boolean ignoreCase, boolean acrossLines) {
        return Expression.of(expression, ignoreCase, acrossLines).flatMap(each -> LineAutomaton.of(each, acrossLines));
    }

    private static int end(String expression, String text) {
        return of(expression, false, false).orElseThrow().find(text, 0, text.length());
    }

    @ParameterizedTest
    @CsvSource({
        "needle, a needle, 7",
        "need?le, a neele, 6",
        "'[A-Z][a-z]+[0-9]+\\(', x Foo12(3, 7",
        "'[A-Z][a-z]+[0-9]+\\(', x foo12(3, -1",
        "(get|set)X, isX getY setX, 12",
        "a{3}, aa a aaa, 7",
        "'a{2,3}b', ab aab, 5",
        "[^a]b, ab cb, 4",
        "\\bword\\b, a word, 5",
        "x.y, xüy, 2",
        "[[:digit:]]+z, 12z, 2",
        "[]]z, ]z, 1",
    })
    void says_where_a_match_may_end_first(String expression, String text, int end) {
        assertThat(end(expression, text)).isEqualTo(end);
    }

    @Test
    void says_nothing_of_what_matches_everywhere_or_is_too_large_or_not_read() {
        for (String expression :
                List.of("", "a*", "(a|b*)", "^", "[a-z]{1000}{2}", "(?i)a", "\\pL", "(x{30}y{30}){30}")) {
            assertThat(of(expression, false, false)).as(expression).isEmpty();
        }
    }

    @Test
    void begins_anew_with_each_line_unless_the_search_goes_across_them() {
        assertThat(end("a[^x]b", "a\nb")).isEqualTo(-1);
        assertThat(of("a.b", false, true).orElseThrow().find("a\nb", 0, 3)).isEqualTo(2);
        assertThat(of("a\\nb", false, true).orElseThrow().mayMatch("a\r\nb".getBytes(StandardCharsets.UTF_8), 4))
                .isTrue();
    }

    @Test
    void of_more_states_than_are_kept_it_gives_up_and_lets_everything_pass() {
        LineAutomaton automaton = of("[ab]*a[ab]{14}c", false, false).orElseThrow();
        var random = new Random(1);
        var text = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            text.append(random.nextBoolean() ? 'a' : 'b');
        }
        assertThat(automaton.find(text, 0, text.length())).isNotNegative();
        assertThat(automaton.isAble()).isFalse();
        byte[] other = "nothing of it".getBytes(StandardCharsets.UTF_8);
        assertThat(automaton.mayMatch(other, other.length)).isTrue();
    }

    /** Letters with a fold beyond ASCII, characters of one to three bytes, and ends of lines. */
    private static final String[] ALPHABET = {
        "a", "b", "k", "K", "s", "ſ", "\u212a", "é", "日", ".", " ", "\n", "\r\n", "1"
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void lets_pass_whatever_matches(long seed) {
        var random = new Random(seed);
        int matched = 0;
        int kept = 0;
        for (int i = 0; i < 800; i++) {
            String written = expression(random, 3);
            boolean ignoreCase = random.nextBoolean();
            boolean acrossLines = random.nextBoolean();
            int flags = Pattern.MULTILINE
                    | (ignoreCase ? Pattern.CASE_INSENSITIVE : 0)
                    | (acrossLines ? Pattern.DOTALL : 0);
            Pattern pattern;
            try {
                pattern = Pattern.compile(written, flags);
            } catch (PatternSyntaxException e) {
                continue;
            }
            Optional<LineAutomaton> automaton = of(written, ignoreCase, acrossLines);
            for (int j = 0; j < 20 && automaton.isPresent(); j++) {
                String text = text(random, acrossLines);
                String read = text.replace("\r\n", "\n");
                Matcher matcher = pattern.matcher(read);
                boolean matches = matcher.find();
                int end = automaton.get().find(read, 0, read.length());
                kept += end < 0 ? 1 : 0;
                if (matches) {
                    matched++;
                    assertThat(end)
                            .as("seed %d: '%s' matches '%s'", seed, written, read)
                            .isBetween(0, matcher.end() - 1);
                    for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
                        byte[] bytes = text.getBytes(charset);
                        boolean whole = new String(bytes, charset).equals(text);
                        assertThat(!whole || automaton.get().mayMatch(bytes, bytes.length))
                                .as("seed %d: '%s' matches '%s' in %s", seed, written, text, charset)
                                .isTrue();
                    }
                }
            }
        }
        assertThat(matched).isGreaterThan(300);
        assertThat(kept).as("texts that were kept back").isGreaterThan(300);
    }

    private static String text(Random random, boolean acrossLines) {
        var text = new StringBuilder();
        for (int i = random.nextInt(10); i >= 0; i--) {
            String next = ALPHABET[random.nextInt(ALPHABET.length)];
            text.append(next.endsWith("\n") && !acrossLines ? "" : next);
        }
        return text.toString();
    }

    private static String expression(Random random, int depth) {
        var text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(
                    switch (random.nextInt(depth > 0 ? 14 : 12)) {
                        case 0 -> "[ab]";
                        case 1 -> ".";
                        case 2 -> "\\.";
                        case 3 -> "\\w";
                        case 4 -> "[^ak]";
                        case 5 -> "[a-l\\d]";
                        case 6 -> "\\S";
                        case 7 -> random.nextBoolean() ? "^" : "\\b";
                        case 8 -> "[é-í1]";
                        case 12 -> "(" + expression(random, depth - 1) + ")";
                        case 13 -> "(?:" + expression(random, depth - 1) + "|" + expression(random, depth - 1) + ")";
                        default -> ALPHABET[random.nextInt(9)];
                    });
            text.append(
                    switch (random.nextInt(14)) {
                        case 0 -> "*";
                        case 1 -> "?";
                        case 2 -> "+";
                        case 3 -> "{2}";
                        case 4 -> "{0,2}";
                        case 5 -> "{1,}";
                        case 6 -> "+?";
                        default -> "";
                    });
        }
        return text.toString();
    }
}
