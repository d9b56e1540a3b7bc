package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
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
        return bash(folder, Map.of(), words);
    }

    private static Said bash(Path folder, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        var line = new java.util.ArrayList<>(List.of("bash"));
        line.addAll(List.of(words));
        var builder = new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
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

    /** In a checkout of its own, with a Java and a Maven that only write down what they are asked for. */
    @Nested
    class The_archive_of_classes {

        private static final String TRAINS = "-XX:ArchiveClassesAtExit=";
        private static final String USES = "-XX:SharedArchiveFile=";

        private static final String JAVA = """
                #!/bin/bash
                echo "$*" >> "${0%/bin/java}/calls"
                for word in "$@"; do
                    case $word in
                        -XX:ArchiveClassesAtExit=*) ARCHIVES && echo classes > "${word#*=}"; exit 0 ;;
                    esac
                done
                echo started
                """;

        private static final String MAVEN = """
                #!/bin/bash
                mkdir -p apps/cli/target/lib && sleep 1 && echo jar > apps/cli/target/yardmaster-cli.jar
                """;

        private Path checkout;
        private Path jdk;

        @BeforeEach
        void prepare() throws IOException {
            checkout = Files.createDirectory(temporary.resolve("check out"));
            Files.copy(LAUNCHER, checkout.resolve("yardmaster"));
            Files.createDirectories(checkout.resolve("agents"));
            Files.writeString(checkout.resolve("agents/writer.md"), "a writer");
            Files.createDirectories(checkout.resolve("apps/cli"));
            Files.createDirectories(checkout.resolve("examples/workflows/shop"));
            Files.writeString(checkout.resolve("pom.xml"), "<project/>");
            program(checkout.resolve("bin/mvn"), MAVEN);
            jdk = jdk("21.0.4", true);
        }

        private Path jdk(String version, boolean archives) throws IOException {
            Path home = temporary.resolve("jdk-" + version);
            program(home.resolve("bin/java"), JAVA.replace("ARCHIVES", archives ? "true" : "false"));
            program(home.resolve("bin/javac"), "");
            Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
            return home;
        }

        private static void program(Path file, String text) throws IOException {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }

        private String start() throws IOException, InterruptedException {
            String path = checkout.resolve("bin") + ":" + System.getenv("PATH");
            var environment = Map.of("JAVA_HOME", jdk.toString(), "PATH", path);
            Said said =
                    bash(temporary, environment, checkout.resolve("yardmaster").toString(), "agents");
            assertThat(said.exit()).as(said.text()).isZero();
            assertThat(said.text()).endsWith("started\n");
            return said.text();
        }

        private List<String> calls() throws IOException {
            return Files.readAllLines(jdk.resolve("calls"));
        }

        @Test
        void is_made_after_a_build_and_used_from_then_on() throws IOException, InterruptedException {
            assertThat(start()).contains("building").contains("preparing a faster start with Java 21 (once)");
            assertThat(start()).isEqualTo("started\n");
            assertThat(calls()).hasSize(3);
            assertThat(calls().getFirst()).contains(TRAINS).contains("run write-and-review.yaml");
            assertThat(calls().subList(1, 3))
                    .allSatisfy(call -> assertThat(call).contains(USES).endsWith("yardmaster-cli.jar agents"));
        }

        @Test
        void is_made_anew_for_another_jdk() throws IOException, InterruptedException {
            start();
            jdk = jdk("21.0.5", true);
            assertThat(start()).contains("preparing a faster start").doesNotContain("building");
            assertThat(calls()).hasSize(2);
        }

        @Test
        void is_made_anew_when_the_program_is_newer() throws IOException, InterruptedException {
            start();
            Path jar = checkout.resolve("apps/cli/target/yardmaster-cli.jar");
            var later = java.time.Instant.now().plusSeconds(60);
            Files.setLastModifiedTime(jar, java.nio.file.attribute.FileTime.from(later));
            assertThat(start()).contains("preparing a faster start");
        }

        @Test
        void is_done_without_where_none_can_be_made() throws IOException, InterruptedException {
            jdk = jdk("22.0.1", false);
            start();
            assertThat(start()).isEqualTo("started\n");
            assertThat(calls()).filteredOn(call -> call.contains(TRAINS)).hasSize(1);
            assertThat(calls()).noneMatch(call -> call.contains(USES));
        }
    }
}
