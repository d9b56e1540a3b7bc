package dev.yardmaster.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.InvalidArgumentsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class GlobToolTest {

    @TempDir
    Path folder;

    Bench bench;

    @BeforeEach
    void open() {
        bench = Bench.on(folder);
    }

    void file(String name, long modified) throws Exception {
        Files.setLastModifiedTime(bench.file(name, "x"), FileTime.fromMillis(modified));
    }

    String glob(String pattern) throws Exception {
        return bench.text("Glob", "pattern", pattern);
    }

    @Test
    void lists_the_newest_first_and_by_path_among_equals() throws Exception {
        file("old.py", 1_000);
        file("b/new.py", 3_000);
        file("c.py", 2_000);
        file("a.py", 2_000);
        assertThat(glob("**/*.py")).isEqualTo("b/new.py\na.py\nc.py\nold.py");
    }

    @Test
    void matches_a_pattern_without_a_slash_in_every_folder() throws Exception {
        file("src/deep/A.java", 2);
        file("B.java", 1);
        assertThat(glob("*.java")).isEqualTo("src/deep/A.java\nB.java");
        assertThat(glob("src/*.java")).isEqualTo("No files found");
        assertThat(glob("src/**/*.java")).isEqualTo("src/deep/A.java");
    }

    @Test
    void knows_alternatives_ranges_and_names_in_any_script() throws Exception {
        file("a.java", 3);
        file("b.kt", 2);
        file("naïve-日本語 😀.txt", 1);
        assertThat(glob("**/*.{java,kt}")).isEqualTo("a.java\nb.kt");
        assertThat(glob("[!a].*")).isEqualTo("b.kt");
        assertThat(glob("*日本語 😀.txt")).isEqualTo("naïve-日本語 😀.txt");
    }

    @Test
    void takes_patterns_as_models_also_write_them() throws Exception {
        file("src/a.py", 1);
        assertThat(glob("./src/*.py")).isEqualTo("src/a.py");
        assertThat(glob(bench.root + "/src/**")).isEqualTo("src/a.py");
        assertThat(bench.text("Glob", "pattern", "*.py", "path", "src")).isEqualTo("src/a.py");
    }

    @Test
    void finds_hidden_and_ignored_files() throws Exception {
        file(".gitignore", 1);
        Files.writeString(bench.root.resolve(".gitignore"), "*.log\n");
        file(".env", 2);
        file("x.log", 1);
        assertThat(glob("**/*.log")).isEqualTo("x.log");
        assertThat(glob(".env")).isEqualTo(".env");
    }

    @Test
    void shows_100_and_says_how_many_more() throws Exception {
        for (int i = 0; i < 130; i++) {
            file("f" + i + ".txt", i);
        }
        assertThat(glob("*.txt").lines())
                .hasSize(101)
                .startsWith("f129.txt")
                .endsWith("f30.txt", "(30 more; use a narrower pattern)");
    }

    @Test
    void says_that_a_path_is_no_folder() throws Exception {
        file("a.txt", 1);
        assertThat(bench.problem("Glob", "pattern", "*", "path", "a.txt")).contains("'a.txt' is no folder");
        assertThat(bench.problem("Glob", "pattern", "*", "path", "nope")).contains("'nope' is no folder");
    }

    @Test
    void says_what_is_wrong_with_a_pattern() {
        for (String pattern : new String[] {"a\u0000b", "{a,b", "x".repeat(1_001)}) {
            assertThatExceptionOfType(InvalidArgumentsException.class)
                    .isThrownBy(() -> bench.run("Glob", "pattern", pattern));
        }
    }

    @Test
    void does_not_leave_the_folder(@TempDir Path outside) throws Exception {
        Files.writeString(outside.resolve("secret.txt"), "x");
        Files.createSymbolicLink(bench.root.resolve("out"), outside);
        for (String pattern :
                new String[] {"../**/secret.txt", "out/**", "**/secret.txt", "{.,../" + outside.getFileName() + "}/**"
                }) {
            assertThat(glob(pattern)).doesNotContain("secret");
        }
        assertThatExceptionOfType(InvalidArgumentsException.class)
                .isThrownBy(() -> bench.run("Glob", "pattern", "*", "path", "out"));
    }

    @Test
    void does_not_list_what_may_not_be_read() throws Exception {
        file("a.pem", 1);
        file("b.txt", 2);
        var careful = Bench.on(
                folder,
                access -> !(access instanceof Access.Reads reads
                        && reads.target().toString().endsWith(".pem")));
        assertThat(careful.text("Glob", "pattern", "**")).isEqualTo("b.txt");
    }

    @Test
    @Timeout(10)
    void takes_its_time_with_no_pattern() throws Exception {
        Path deep = bench.root;
        for (int i = 0; i < 30; i++) {
            deep = deep.resolve("abababababababababababababababababab");
        }
        Files.createDirectories(deep);
        Files.writeString(deep.resolve("y"), "");
        assertThat(glob("**/**/**/**/**/**/**/**/x")).isEqualTo("No files found");
        assertThat(glob("*a*a*a*a*a*a*a*a*a*a*a*a*b/x")).isEqualTo("No files found");
        assertThat(glob("{a,b}".repeat(20) + "z")).isEqualTo("No files found");
    }

    @Test
    void stops_when_the_run_is_cancelled() throws Exception {
        file("a.txt", 1);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> glob("*"));
        assertThat(Thread.interrupted()).isFalse();
    }
}
