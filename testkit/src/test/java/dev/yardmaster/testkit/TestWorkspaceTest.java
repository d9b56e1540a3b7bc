package dev.yardmaster.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestWorkspaceTest {

    @TempDir
    Path folder;

    @Test
    void goes_away_with_all_that_is_in_it_but_not_with_what_links_lead_to() throws Exception {
        Path outside = Files.writeString(folder.resolve("stays.txt"), "x");
        Path root;
        try (var workspace = TestWorkspace.temporary()) {
            root = workspace.root();
            workspace.file("a/b/c.txt", "one");
            Files.createSymbolicLink(root.resolve("link"), outside);
            Files.createSymbolicLink(root.resolve("folder"), folder);
            assertThat(workspace.text("a/b/c.txt")).isEqualTo("one");
            assertThat(workspace.files()).containsExactly("a/b/c.txt", "folder", "link");
        }
        assertThat(root).doesNotExist();
        assertThat(outside).exists();
    }

    @Test
    void leaves_a_folder_alone_that_somebody_else_looks_after() {
        try (var workspace = TestWorkspace.in(folder)) {
            workspace.file("a.txt", "one");
        }
        assertThat(folder.resolve("a.txt")).exists();
    }

    @Test
    void writes_nothing_outside() {
        var workspace = TestWorkspace.in(folder);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> workspace.file("../x.txt", "x"))
                .withMessageContaining("'../x.txt' is no file in the workspace");
        assertThatIllegalArgumentException().isThrownBy(() -> workspace.file("", "x"));
    }

    @Test
    void tells_what_it_holds_when_a_file_is_not_there() {
        var workspace = TestWorkspace.in(folder).file("a.txt", "one");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> workspace.text("b.txt"))
                .withMessage("the workspace holds [a.txt]");
    }
}
