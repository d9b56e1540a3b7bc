package dev.yardmaster.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobPatternTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*.py|a.py|true",
                "*.py|a/b.py|false",
                "**/*.py|a.py|true",
                "**/*.py|a/b/c.py|true",
                "src/**|src/a/b|true",
                "src/**|src|false",
                "src/**|mysrc/a|false",
                "a/**/b|a/b|true",
                "a/**/b|a/x/y/b|true",
                "a?c|abc|true",
                "a?c|a/c|false",
                "[a-c].txt|b.txt|true",
                "[!a-c].txt|b.txt|false",
                "[!a]x|/x|false",
                "[^a]x|bx|true",
                "[].txt|[].txt|true",
                "*.{java,kt}|x.kt|true",
                "{a,b{c,d}}|bd|true",
                "a.b|axb|false",
                "a\\*b|a*b|true",
                "a\\*b|axb|false",
                "(x)+$^|(x)+$^|true",
                "}|}|true",
                "a,b|a,b|true",
                "*😀*|x😀y|true",
                "?|😀|true"
            })
    void matches_as_git_and_ripgrep_do(String glob, String path, boolean matches) {
        assertThat(GlobPattern.of(glob).matches(path)).isEqualTo(matches);
    }

    @Test
    void matches_names_with_line_breaks() {
        assertThat(GlobPattern.of("**/*.pem").matches("a\nb/key.pem")).isTrue();
        assertThat(GlobPattern.of("*.pem").matches("a\nb.pem")).isTrue();
    }

    @Test
    void refuses_what_is_no_pattern() {
        for (String glob : new String[] {"{a,b", "a\0b", "[z-a]", "x".repeat(1_001)}) {
            assertThatExceptionOfType(InvalidGlobException.class).isThrownBy(() -> GlobPattern.of(glob));
        }
    }
}
