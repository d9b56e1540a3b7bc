package dev.yardmaster.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequiredTextTest {

    private static List<String> required(String written) {
        return Expression.of(written, false, false).map(RequiredText::of).orElse(List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "needle needle",
                "need.*les need",
                "needle.*x needle",
                "(get|set)Name Name",
                "(getter|setter)X getter,setter",
                "foo|bar foo,bar",
                "a(bc|de)f bc,de",
                "ab?cde cde",
                "abc*de ab",
                "abc+def abc",
                "x{2}abc abc",
                "(abc)?defg defg",
                "(?:abc){0,3}de de",
                "\\bclass\\s+Foo class",
                "interface\\{\\} interface{}",
                "[a-z]+Needle[0-9]+ Needle",
                "[^]x]name name",
                "[[:alpha:]]name name",
                "^import$ import",
                "(?P<x>ab)cdef cdef",
            })
    void is_found(String expression, String expected) {
        assertThat(required(expression)).containsExactly(expected.split(","));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a|bc",
                "foo|",
                "(foo)?",
                "foo|b*",
                ".*",
                "(?i)foo",
                "\\Qfoo\\E",
                "\\x66oo",
                "\\pLab",
                "fo\nx",
                "[abc",
                "(foo",
                "foo)",
                "x**",
                "a{1}{0}bc",
                "a|b|foo",
            })
    void is_not_there_or_not_looked_for(String expression) {
        assertThat(required(expression)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void is_in_whatever_matches(long seed) {
        var random = new Random(seed);
        int told = 0;
        for (int i = 0; i < 4_000; i++) {
            String expression = expression(random, 3);
            List<String> required = required(expression);
            Pattern pattern;
            try {
                pattern = Pattern.compile(expression);
            } catch (PatternSyntaxException e) {
                continue;
            }
            for (int j = 0; j < 20 && !required.isEmpty(); j++) {
                String text = text(random);
                if (pattern.matcher(text).find()) {
                    told++;
                    assertThat(required)
                            .as("seed %d: '%s' matches '%s'", seed, expression, text)
                            .anyMatch(text::contains);
                }
            }
        }
        assertThat(told).isGreaterThan(100);
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append("abc.".charAt(random.nextInt(4)));
        }
        return text.toString();
    }

    private static String expression(Random random, int depth) {
        var text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(
                    switch (random.nextInt(depth > 0 ? 10 : 8)) {
                        case 0 -> "[ab]";
                        case 1 -> ".";
                        case 2 -> "\\.";
                        case 3 -> "\\w";
                        case 8 -> "(" + expression(random, depth - 1) + ")";
                        case 9 -> "(?:" + expression(random, depth - 1) + "|" + expression(random, depth - 1) + ")";
                        default -> "abc".substring(random.nextInt(3));
                    });
            text.append(
                    switch (random.nextInt(12)) {
                        case 0 -> "*";
                        case 1 -> "?";
                        case 2 -> "+";
                        case 3 -> "{2}";
                        case 4 -> "{0,2}";
                        case 5 -> "+?";
                        default -> "";
                    });
        }
        return text.toString();
    }
}
