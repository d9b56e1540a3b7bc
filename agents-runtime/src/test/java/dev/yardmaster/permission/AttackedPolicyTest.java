package dev.yardmaster.permission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.permission.Decision.Behavior;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The rows of the attack corpus that a policy has to withstand: commands, protected files, rules. */
class AttackedPolicyTest {

    /** Benign commands that are still asked for, and why. A row that passes has to be taken off the list. */
    private static final Map<String, String> STILL_ASKED = Map.of();

    @TempDir
    static Path folder;

    @TestFactory
    Stream<DynamicTest> no_attacking_command_is_allowed() throws Exception {
        AttackFixture shared = AttackFixture.fresh(folder);
        return AttackRow.of("policy").stream()
                .filter(row -> row.surface().equals("Bash"))
                .map(row -> DynamicTest.dynamicTest(row.id(), () -> {
                    boolean own = !row.setup().prepare().isEmpty();
                    AttackFixture fixture = own ? AttackFixture.fresh(folder) : shared;
                    Workspace workspace = Workspace.of(fixture.workspace());
                    if (own) {
                        fixture.shell(
                                fixture.workspace(), fixture.in(row.setup().prepare()));
                    }
                    Behavior behavior = row.decideCommand(fixture, workspace);
                    assertThat(behavior).as(row.input()).isNotEqualTo(Behavior.ALLOW);
                    if (row.expected().verdict().equals("deny")) {
                        assertThat(behavior).isEqualTo(Behavior.DENY);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> no_protected_file_is_written_unasked() throws Exception {
        AttackFixture fixture = AttackFixture.fresh(folder);
        Workspace workspace = Workspace.of(fixture.workspace());
        return AttackRow.of("policy").stream()
                .filter(row -> row.surface().equals("Write"))
                .map(row -> DynamicTest.dynamicTest(row.id() + " " + row.input(), () -> {
                    String path = row.input().replaceFirst("^Write\\((.*)\\)$", "$1");
                    for (Mode mode : List.of(Mode.ACCEPT_EDITS, Mode.BYPASS, Mode.DEFAULT)) {
                        for (String spelled : List.of(path, path.toUpperCase(Locale.ROOT), "./sub/../" + path)) {
                            assertThat(AttackRow.decide(
                                            Policy.of(mode),
                                            workspace,
                                            "Write",
                                            Map.of("file_path", spelled, "content", "x")))
                                    .as(mode + " " + spelled)
                                    .isEqualTo(Behavior.ASK);
                        }
                    }
                    assertThat(Files.exists(fixture.pwned())).isFalse();
                }));
    }

    @TestFactory
    Stream<DynamicTest> benign_commands_run_unasked() throws Exception {
        AttackFixture fixture = AttackFixture.fresh(folder);
        Workspace workspace = Workspace.of(fixture.workspace());
        return AttackRow.of("tools").stream()
                .filter(row -> row.isControl() && row.surface().equals("Bash"))
                .map(row -> DynamicTest.dynamicTest(row.id() + " " + row.input(), () -> {
                    Behavior behavior = row.decideCommand(fixture, workspace);
                    boolean asked = STILL_ASKED.containsKey(row.id());
                    assertThat(behavior)
                            .as(asked ? "passes now: take it off the list of those still asked for" : row.input())
                            .isEqualTo(asked ? Behavior.ASK : Behavior.ALLOW);
                }));
    }
}
