package dev.yardmaster.examples.firstprogram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests run in the module's folder; the README is one above. */
@Timeout(60)
class FirstProgramTest {

    private static final Path README = Path.of("..", "README.md");
    private static final Path SOURCE =
            Path.of("src/main/java", FirstProgram.class.getName().replace('.', '/') + ".java");

    /** The lines between the first that begins with {@code from} and the next that begins with {@code to}. */
    private static List<String> between(List<String> lines, String from, String to) {
        return lines.stream()
                .dropWhile(line -> !line.strip().startsWith(from))
                .skip(1)
                .takeWhile(line -> !line.strip().startsWith(to))
                .toList();
    }

    private static List<String> program() throws IOException {
        return String.join("\n", between(Files.readAllLines(SOURCE), "// spotless:off", "// spotless:on"))
                .stripIndent()
                .lines()
                .toList();
    }

    @Test
    void prints_what_the_readme_says() throws Exception {
        var printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            FirstProgram.main(new String[0]);
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("[write, review, write#2, review#2]", "It routes tasks to specialists.")
                .containsExactlyElementsOf(between(Files.readAllLines(README), "```text", "```"));
    }

    @Test
    void is_the_first_program_of_the_readme() throws IOException {
        assertThat(between(Files.readAllLines(README), "```java", "```")).isEqualTo(program());
    }

    @Test
    void can_be_read_at_a_glance() throws IOException {
        assertThat(program()).hasSizeLessThanOrEqualTo(20).allMatch(line -> line.length() <= 115);
        assertThat(Files.readAllLines(README).indexOf("```"))
                .as("where it ends")
                .isBetween(0, 24);
    }
}
