package dev.yardmaster.permission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rows of the corpus in which a path is switched while a call is decided about and run. {@code WorkspaceTest} does the
 * same ten thousand times below the tools.
 */
class AttackedRacesTest {

    private static final int ATTEMPTS = 1_500;

    @TempDir
    static Path folder;

    /** Puts each of two things under a name in turn, over and over, by renaming. */
    private static Thread switching(Path name, Path one, Path other, AtomicBoolean done) {
        return Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                for (Path each : new Path[] {one, other}) {
                    try {
                        Files.move(each, name, StandardCopyOption.ATOMIC_MOVE);
                        Files.move(name, each, StandardCopyOption.ATOMIC_MOVE);
                    } catch (IOException e) {
                        Thread.yield(); // the call made something there meanwhile
                    }
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> no_switched_path_leads_out() throws Exception {
        return AttackRow.of("tools").stream()
                .filter(row -> row.id().startsWith("path-toctou-"))
                .map(row -> DynamicTest.dynamicTest(row.id() + " " + row.input(), () -> {
                    AttackFixture fixture = AttackFixture.fresh(folder);
                    switch (row.id()) {
                        case "path-toctou-read" -> files(fixture, "Read", Map.of("file_path", "t.txt"));
                        case "path-toctou-swap-file" ->
                            files(fixture, "Write", Map.of("file_path", "t.txt", "content", "x"));
                        case "path-toctou-swap-dir" -> folders(fixture);
                        case "path-toctou-archive" -> // no tool extracts archives, and no command that does runs
                            // unasked
                            assertThat(AttackedToolsTest.run(
                                                    fixture,
                                                    Policy.acceptEdits().with(Rule.allow("Bash(tar:*)", row.id())),
                                                    false,
                                                    "Bash",
                                                    Map.of("command", "tar xf a.tar"))
                                            .behavior())
                                    .isEqualTo(Decision.Behavior.ASK);
                        default -> throw new AssertionError("a row that nothing answers for: " + row);
                    }
                    AttackRow.assertUnharmed(fixture);
                }));
    }

    private static void files(AttackFixture fixture, String tool, Map<String, Object> arguments) throws Exception {
        fixture.shell(fixture.workspace(), "echo inside > plain; ln -s \"$SECRET\" link");
        attempt(fixture, "t.txt", "plain", "link", tool, arguments);
    }

    private static void folders(AttackFixture fixture) throws Exception {
        fixture.shell(fixture.workspace(), "mkdir plain; ln -s \"$OUT\" link");
        attempt(fixture, "d", "plain", "link", "Write", Map.of("file_path", "d/t.txt", "content", "x"));
    }

    private static void attempt(
            AttackFixture fixture, String name, String one, String other, String tool, Map<String, Object> arguments)
            throws Exception {
        Path root = fixture.workspace();
        var done = new AtomicBoolean();
        Thread switching = switching(root.resolve(name), root.resolve(one), root.resolve(other), done);
        try {
            long end = System.nanoTime() + Duration.ofSeconds(8).toNanos(); // a slow disk has fewer of them
            for (int i = 0; i < ATTEMPTS && System.nanoTime() < end; i++) {
                assertThat(told(fixture, tool, arguments)).doesNotContain(AttackFixture.CANARY);
            }
        } finally {
            done.set(true);
            switching.join();
        }
        assertThat(fixture.secret()).hasContent(AttackFixture.CANARY);
    }

    /** To fail is fine. */
    private static String told(AttackFixture fixture, String tool, Map<String, Object> arguments) {
        try {
            return AttackedToolsTest.run(fixture, Policy.acceptEdits(), false, tool, arguments)
                    .told();
        } catch (AssertionError e) {
            assertThat(e).hasCauseInstanceOf(IOException.class);
            return e.getCause().toString();
        }
    }
}
