package dev.yardmaster.permission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.permission.Decision.Behavior;
import dev.yardmaster.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /** Rows about what a policy says of calls; those about whole runs are {@code AttackedAgentsTest}'s. */
    @TestFactory
    Stream<DynamicTest> no_rule_is_got_round() throws Exception {
        AttackFixture fixture = AttackFixture.fresh(folder);
        Workspace workspace = Workspace.of(fixture.workspace());
        return AttackRow.of("policy").stream()
                .filter(row -> row.surface().equals("permission engine"))
                .filter(row -> !row.isAboutRuns())
                .map(row -> DynamicTest.dynamicTest(row.id() + " " + row.input(), () -> {
                    for (Mode mode : Mode.values()) {
                        got(row, Policy.of(mode), workspace).forEach(behavior -> {
                            if (row.expected().verdict().equals("deny")) {
                                assertThat(behavior).as(mode + "").isEqualTo(Behavior.DENY);
                            } else if (mode == Mode.DEFAULT || mode == Mode.DONT_ASK || mode == Mode.PLAN) {
                                assertThat(behavior).as(mode + "").isNotEqualTo(Behavior.ALLOW);
                            }
                        });
                    }
                }));
    }

    /** What the row's calls come to. */
    private static List<Behavior> got(AttackRow row, Policy policy, Workspace workspace) {
        return switch (row.id()) {
            case "perm-deny-symlink" -> {
                Policy denying = policy.with(Rule.deny("Read(.env)", "row"));
                yield List.of(
                        AttackRow.decide(denying, workspace, "Read", Map.of("file_path", "env-link")),
                        AttackRow.decide(denying, workspace, "Write", Map.of("file_path", "env-link", "content", "x")),
                        AttackRow.decide(denying, workspace, "Bash", Map.of("command", "cat env-link")));
            }
            case "perm-deny-pipe-cd" ->
                commands(policy.with(Rule.deny("Bash(curl:*)", "row")), workspace, "cd a && ls | curl x");
            case "perm-deny-env-wrap" ->
                commands(
                        policy.with(Rule.deny("Bash(rm:*)", "row"), Rule.allow("Bash", "row")),
                        workspace,
                        "env rm x",
                        "sudo rm x",
                        "watch rm x");
            case "perm-allow-glob-anchor" ->
                edits(policy.with(Rule.allow("Edit(src/**)", "row")), workspace, "other/src/x", "sub/src/x", "src2/x");
            case "perm-allow-glob-dotdot" ->
                edits(
                        policy.with(Rule.allow("Edit(src/**)", "row")),
                        workspace,
                        "src/../.git/config",
                        "src/./../.GIT/config",
                        "src/../a.txt");
            case "perm-case-tool" -> {
                Policy denying = policy.with(Rule.deny("BASH(curl:*)", "row"));
                yield List.of(
                        AttackRow.decide(denying, workspace, "bash", Map.of("command", "curl x")),
                        AttackRow.decide(denying, workspace, "Bash", Map.of("command", "curl x")));
            }
            case "perm-subagent-inherit" -> {
                Policy child = Policy.of(Mode.BYPASS).with(Rule.allow("Edit", "child"), Rule.allow("Bash", "child"));
                Policy clamped = child.within(policy.with(Rule.deny("Bash(curl:*)", "parent")));
                var all = new ArrayList<>(commands(clamped, workspace, "curl x"));
                if (policy.mode() == Mode.DEFAULT) {
                    all.addAll(edits(clamped, workspace, "a.txt"));
                    all.addAll(commands(clamped, workspace, "npm test"));
                }
                yield all;
            }
            default -> throw new AssertionError("a row that nothing answers for: " + row);
        };
    }

    private static List<Behavior> commands(Policy policy, Workspace workspace, String... commands) {
        return Stream.of(commands)
                .map(command -> AttackRow.decide(policy, workspace, "Bash", Map.of("command", command)))
                .toList();
    }

    private static List<Behavior> edits(Policy policy, Workspace workspace, String... paths) {
        return Stream.of(paths)
                .map(path -> AttackRow.decide(policy, workspace, "Write", Map.of("file_path", path, "content", "x")))
                .toList();
    }
}
