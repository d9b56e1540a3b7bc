package dev.yardmaster.examples.worktrees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.yardmaster.dispatch.Planning;
import dev.yardmaster.graph.State;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WorktreesExampleTest {

    @TempDir
    Path folder;

    @BeforeAll
    static void needs_git() throws InterruptedException {
        boolean there;
        try {
            there = new ProcessBuilder("git", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            there = false;
        }
        assumeTrue(there, "git is not installed, so there can be no worktrees");
    }

    @Test
    void two_work_at_once_and_what_conflicts_is_brought_in_by_a_second_round() throws Exception {
        ShopRepository repository = WorktreesExample.prepare(folder);
        var example = new WorktreesExample(repository, WorktreesScript.script());
        try (var orchestrator = Orchestrator.inMemory()) {
            Outcome outcome = example.run(orchestrator);

            assertThat(outcome).as(() -> outcome.view().failures().toString()).isInstanceOf(Outcome.Completed.class);
            State state = ((Outcome.Completed) outcome).state();
            assertThat(Planning.undone(state)).isEmpty();
            assertThat(state.get(Planning.ATTEMPTS))
                    .extracting(each -> each.round() + " " + each.subtask() + " " + each.status())
                    .containsExactlyInAnyOrder("1 prices DONE", "1 page DONE", "1 page CONFLICT", "2 page-again DONE");
            assertThat(state.get(Planning.ATTEMPTS))
                    .allSatisfy(attempt -> assertThat(attempt.open()).isEmpty());
            assertThat(Files.readString(folder.resolve("CHANGES.md"))).isEqualTo("""
                    # Changes

                    - The shop is open.
                    - Apples are 2 in spring.
                    - SALE.md tells about the sale.
                    """);
            assertThat(Files.readString(folder.resolve("SALE.md"))).contains("# Spring sale", "Apples are 2");
            assertThat(repository.git("status", "--short").lines())
                    .containsExactlyInAnyOrder(" M CHANGES.md", " M prices.csv", "?? SALE.md");
            assertThat(repository.git("branch", "--list", "yardmaster/*").strip())
                    .isEqualTo("yardmaster/spring-sale/page");

            example.tidyUp();
            assertThat(repository.git("branch", "--list", "yardmaster/*")).isEmpty();
        }
    }

    @Test
    void works_whatever_git_is_set_to_do_and_whichever_repository_a_hook_means() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        Path hooks = Files.createDirectories(home.resolve("template/hooks"));
        Path hook = Files.writeString(hooks.resolve("pre-commit"), "#!/bin/sh\nexit 1\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve(".gitconfig"), """
                [commit]
                gpgSign = true
                [gpg]
                program = false
                [core]
                hooksPath = %s
                [init]
                templateDir = %s
                """.formatted(hooks, hooks.getParent()));
        var example = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorktreesExample.class.getName())
                .directory(folder.toFile())
                .redirectErrorStream(true);
        Path another = folder.resolve("another/.git");
        example.environment()
                .putAll(Map.of(
                        "HOME",
                        home.toString(),
                        "GIT_DIR",
                        another.toString(),
                        "GIT_INDEX_FILE",
                        another.resolve("index").toString()));
        Process process = example.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(another).doesNotExist();
    }
}
