package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.cli.Calls.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of settings says what there is: no key and no variable is missing, and its example is read as it stands. */
class SettingsPageTest {

    private static final Pattern KNOWN = Pattern.compile("the settings here are ([A-Za-z]+(?:, [A-Za-z]+)*)");

    private static final Pattern VARIABLE = Pattern.compile("\"(YARDMASTER_[A-Z_]*[A-Z])\"");

    @TempDir
    Path temporary;

    private Calls calls;
    private Path root;
    private String page;

    @BeforeEach
    void here() throws IOException {
        calls = new Calls(temporary).with("COLUMNS", "160");
        root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("docs/settings.md"))) {
            root = root.getParent();
        }
        page = Files.readString(root.resolve("docs/settings.md"));
    }

    @Test
    void its_example_can_be_used() throws IOException {
        int start = page.indexOf("```yaml\n") + "```yaml\n".length();
        calls.file("yardmaster.yml", page.substring(start, page.indexOf("```", start)));
        Files.createDirectories(calls.folder().resolve("team/agents"));
        Files.createDirectories(calls.folder().resolve("../notes"));
        Said said =
                calls.with("ANTHROPIC_API_KEY", "k").with("OPENAI_API_KEY", "k").call("doctor");
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
    }

    @Test
    void every_key_is_in_its_example_and_in_its_table() throws IOException {
        calls.file("yardmaster.yml", "version: 1\nnoSuchKey: 1\n");
        var known = KNOWN.matcher(calls.call("doctor").out().replaceAll("\\s+", " "));
        assertThat(known.find()).isTrue();
        String[] keys = known.group(1).split(", ");
        assertThat(keys).contains("version", "memory").hasSizeGreaterThan(10);
        assertThat(keys).allSatisfy(key -> {
            assertThat(page).contains("\n" + key + ":");
            assertThat(key.equals("version") || page.contains("| `" + key + "` |"))
                    .as(key)
                    .isTrue();
        });
    }

    @Test
    void every_variable_is_on_it_or_on_the_page_of_what_it_is_for() throws IOException {
        String pages = page;
        for (String other : new String[] {"tools", "permissions", "models", "routing", "hooks"}) {
            pages += Files.readString(root.resolve("docs/" + other + ".md"));
        }
        String all = pages;
        try (Stream<Path> files = Files.walk(root.resolve("apps/cli/src/main/java"))) {
            var names = files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> VARIABLE.matcher(read(file)).results())
                    .map(found -> found.group(1))
                    .distinct()
                    .toList();
            assertThat(names).contains("YARDMASTER_MODEL").hasSizeGreaterThan(6);
            assertThat(names).allSatisfy(name -> assertThat(all).contains("`" + name));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
