package dev.yardmaster.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.tool.Access;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListToolTest {

    @TempDir
    Path folder;

    Bench bench;

    @BeforeEach
    void open() throws Exception {
        bench = Bench.on(folder);
        bench.file("src/Main.java", "");
        bench.file("src/Main.class", "");
        bench.file("src/inner/deep.txt", "");
        bench.file(".hidden", "");
    }

    @Test
    void shows_the_names_in_a_folder_and_which_are_folders() throws Exception {
        assertThat(bench.text("LS", "path", bench.root.resolve("src").toString()))
                .isEqualTo("Main.class\nMain.java\ninner/");
        assertThat(bench.text("LS")).isEqualTo(".hidden\nsrc/");
    }

    @Test
    void tells_links_from_what_they_lead_to() throws Exception {
        Files.createSymbolicLink(bench.root.resolve("away"), Path.of("/"));
        assertThat(bench.text("LS")).contains("away@");
    }

    @Test
    void leaves_out_what_it_is_told_to_ignore() throws Exception {
        assertThat(bench.text("LS", "path", "src", "ignore", List.of("**/*.class", "inner/")))
                .isEqualTo("Main.java");
        assertThat(bench.text("LS", "path", "src", "ignore", List.of("*"))).isEqualTo("(nothing to show)");
    }

    @Test
    void leaves_out_what_may_not_be_read() throws Exception {
        Bench kept = Bench.on(
                folder,
                access ->
                        !(access instanceof Access.Reads reads && reads.target().endsWith("Main.java")));
        assertThat(kept.text("LS", "path", "src")).isEqualTo("Main.class\ninner/");
    }

    @Test
    void says_what_is_no_folder() throws Exception {
        assertThat(bench.problem("LS", "path", "src/Main.java")).contains("'src/Main.java' is no folder");
        assertThat(bench.problem("LS", "path", "gone")).contains("'gone' is no folder");
    }

    @Test
    void says_how_much_more_there_is() throws Exception {
        for (int i = 0; i < 1_003; i++) {
            Files.createFile(Files.createDirectories(bench.root.resolve("many")).resolve("f" + i));
        }
        assertThat(bench.text("LS", "path", "many")).endsWith("(3 more; use Glob with a pattern)");
    }
}
