package dev.yardmaster.permission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.permission.SimpleCommand.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellReaderTest {

    static List<SimpleCommand> read(String text) {
        return ShellReader.read(text).orElseThrow();
    }

    static List<String> words(String text) {
        assertThat(read(text)).hasSize(1);
        return read(text).getFirst().words();
    }

    @Test
    void takes_quotes_and_escapes_away() {
        assertThat(words("git commit -m 'fix: a; b && c'")).containsExactly("git", "commit", "-m", "fix: a; b && c");
        assertThat(words("echo \"tab\\tand $ alone\" \"\\\"\\$x\\\\\""))
                .containsExactly("echo", "tab\\tand $ alone", "\"$x\\");
        assertThat(words("find . -name \\*.java \\( -type f \\)"))
                .containsExactly("find", ".", "-name", "*.java", "(", "-type", "f", ")");
        assertThat(words("''t''o'u'ch a''")).containsExactly("touch", "a");
        assertThat(words("git diff HEAD~1 HEAD^ '' x")).containsExactly("git", "diff", "HEAD~1", "HEAD^", "", "x");
    }

    @Test
    void tells_the_commands_of_pipes_and_lists_apart() {
        assertThat(read("a x | b && c;d || e\nf"))
                .extracting(SimpleCommand::program, SimpleCommand::after, SimpleCommand::alone)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", "|", false),
                        org.assertj.core.groups.Tuple.tuple("b", "&&", false),
                        org.assertj.core.groups.Tuple.tuple("c", ";", true),
                        org.assertj.core.groups.Tuple.tuple("d", "||", true),
                        org.assertj.core.groups.Tuple.tuple("e", ";", true),
                        org.assertj.core.groups.Tuple.tuple("f", "", true));
    }

    @Test
    void sees_where_output_goes() {
        assertThat(read("a > out.txt 2>&1").getFirst())
                .isEqualTo(new SimpleCommand(List.of("a"), List.of(new Redirect("out.txt", true)), true, ""));
        assertThat(read("a>out").getFirst().redirects()).containsExactly(new Redirect("out", true));
        assertThat(read("a >>'o u t' < in").getFirst().redirects())
                .containsExactly(new Redirect("o u t", true), new Redirect("in", false));
        assertThat(read("a >| x").getFirst().redirects()).containsExactly(new Redirect("x", true));
        assertThat(read("a &> x").getFirst().redirects()).containsExactly(new Redirect("x", true));
        assertThat(read("a 2>/dev/null >/dev/null < /dev/null").getFirst().redirects())
                .isEmpty();
        assertThat(read("a > /dev/nullx").getFirst().redirects()).containsExactly(new Redirect("/dev/nullx", true));
        assertThat(words("echo 2 > x")).containsExactly("echo", "2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "echo $HOME",
                "echo \"$HOME\"",
                "echo \"${x}\"",
                "echo $(x)",
                "echo `x`",
                "echo \"`x`\"",
                "(x)",
                "{ x; }",
                "{a,b}",
                "ls *.java",
                "ls ?",
                "ls [a]",
                "~/x",
                "cat ~/.ssh/id_rsa",
                "a --x=~/y",
                "x &",
                "x & y",
                "a; ; b",
                "&& a",
                "a &&",
                "a |",
                "| a",
                "A=b c",
                "PATH=. ls",
                "if a; then b; fi",
                "for i in a; do b; done",
                "time ls",
                "! ls",
                "coproc ls",
                "a #b",
                "echo a!b",
                "cat << E\nx\nE",
                "cat <<< x",
                "cat <(x)",
                "a >&3",
                "a 3> x",
                "a {fd}> x",
                "a > $x",
                "a >",
                "a > b*",
                "'unclosed",
                "\"unclosed",
                "a\\",
                "a\\\nb",
                "a\rb",
                "a\u0000b",
                "a\u00a0b",
                "\u2003ls",
                "echo $'x'",
                "echo $\"x\"",
                "[[ a ]]",
                "a <> b",
                "a <& b",
                "a >&2x"
            })
    void leaves_to_people_what_the_shell_would_make_something_else_of(String text) {
        assertThat(ShellReader.read(text)).isEmpty();
    }

    @Test
    void leaves_to_people_what_is_too_long() {
        assertThat(ShellReader.read("echo " + "x".repeat(10_000))).isEmpty();
        assertThat(ShellReader.read("true;".repeat(51) + "true")).isEmpty();
    }

    /** Bash is asked what it makes of the same text: thirty thousand random ones, of which a part is plain. */
    @Test
    @Timeout(60)
    void reads_words_as_bash_does(@TempDir Path folder) throws Exception {
        String alphabet = "aab--//.='\"\\\\  $`;|&><(){}*?[]~#!,\n\t@%^é:x0";
        var random = new Random(20260822);
        var script = new StringBuilder("p() { printf '%s\\0' \"$#\" \"$@\"; }\n");
        var expected = new ArrayList<String>();
        int compared = 0;
        for (int i = 0; i < 30_000; i++) {
            var text = new StringBuilder("p ");
            for (int length = random.nextInt(14); length >= 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            if (random.nextInt(4) == 0) {
                text.append("; p ").append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            var commands = ShellReader.read(text.toString()).orElse(List.of());
            boolean comparable = !commands.isEmpty()
                    && commands.stream()
                            .allMatch(each -> each.program().equals("p")
                                    && each.redirects().isEmpty()
                                    && each.alone()
                                    && !each.after().equals("||"));
            if (comparable) {
                compared++;
                script.append(text).append('\n');
                for (SimpleCommand each : commands) {
                    expected.add(String.valueOf(each.arguments().size()));
                    expected.addAll(each.arguments());
                }
            }
        }
        Path file = Files.writeString(folder.resolve("script"), script);
        Process bash = new ProcessBuilder("bash", file.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(printed.split("\0", -1))
                .startsWith(expected.toArray(String[]::new))
                .hasSize(expected.size() + 1);
        assertThat(compared).isGreaterThan(1_000);
    }
}
