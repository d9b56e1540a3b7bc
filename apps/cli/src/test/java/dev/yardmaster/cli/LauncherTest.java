package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher at the root of the checkout. */
@Timeout(60)
class LauncherTest {

    private static final Path LAUNCHER =
            Path.of("../../yardmaster").toAbsolutePath().normalize();

    @TempDir
    Path temporary;

    private record Said(int exit, String text) {}

    private static Said bash(Path folder, String... words) throws IOException, InterruptedException {
        var line = new java.util.ArrayList<>(java.util.List.of("bash"));
        line.addAll(java.util.List.of(words));
        Process process = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    @Test
    void is_bash_that_can_be_read_and_executed() throws IOException, InterruptedException {
        assertThat(Files.isExecutable(LAUNCHER)).isTrue();
        assertThat(bash(temporary, "-n", LAUNCHER.toString())).isEqualTo(new Said(0, ""));
    }

    @Test
    void says_so_when_the_working_folder_is_gone() throws IOException, InterruptedException {
        Said said =
                bash(temporary, "-c", "mkdir gone && cd gone && rmdir ../gone && bash '" + LAUNCHER + "' --version");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.text()).contains("the folder you are in does not exist any more");
    }
}
