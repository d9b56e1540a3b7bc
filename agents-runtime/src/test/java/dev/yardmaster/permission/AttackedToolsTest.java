package dev.yardmaster.permission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.definition.AgentReader;
import dev.yardmaster.definition.Reading;
import dev.yardmaster.event.Json;
import dev.yardmaster.permission.Decision.Behavior;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.InvalidArgumentsException;
import dev.yardmaster.tool.ReadFiles;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.builtin.BuiltinTools;
import dev.yardmaster.workspace.Workspace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rows of the attack corpus that the tools themselves have to withstand: each call is decided about and, where it is
 * allowed, really run; then the canary must not have been told and nothing outside may have changed.
 */
class AttackedToolsTest {

    /** Rows that other parts answer for, and which. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("path-toctou-archive", "there is no tool that extracts archives"),
            Map.entry("path-model-cwd", "Bash has no argument for a folder"),
            Map.entry("path-toctou-read", "WorkspaceTest.A_path_that_is_switched"),
            Map.entry("path-toctou-swap-file", "WorkspaceTest.A_path_that_is_switched"),
            Map.entry("path-toctou-swap-dir", "WorkspaceTest.A_path_that_is_switched"),
            Map.entry("leak-settings-path", "there are no settings that name tool binaries"),
            Map.entry("leak-base-url", "there are no settings that name model addresses"),
            Map.entry("dos-spawn-recursion", "agents do not call agents yet"),
            Map.entry("dos-sse-infinite", "models"),
            Map.entry("dos-fanout", "graphs"),
            Map.entry("dos-json-bignum", "BashToolTest.says_what_is_wrong_with_arguments"),
            Map.entry("dos-json-dupkey", "Json keeps the last of two keys: what is checked is what is run"),
            Map.entry("ctl-file-12", "WebFetch comes later"));

    /** Commands that are kept from harm by being asked for; containing them takes a process namespace and limits. */
    private static final List<String> ONLY_ASKED = List.of(
            "leak-proc-fd-parent",
            "leak-gdb-attach",
            "leak-proc-cmdline",
            "dos-tty-password",
            "dos-fork-bomb",
            "dos-disk-fill",
            "dos-mem-balloon");

    @TempDir
    static Path folder;

    record Ran(Behavior behavior, String told) {}

    /** Decides and, when allowed or when {@code approved}, runs. */
    static Ran run(AttackFixture fixture, Policy policy, boolean approved, String tool, Map<String, Object> arguments) {
        Workspace workspace = Workspace.of(fixture.workspace());
        Tool found = BuiltinTools.all().find(tool).orElseThrow();
        ToolCall call = new ToolCall("1", tool, Json.of(arguments));
        try {
            List<Access> accesses = found.accesses(call, workspace);
            Behavior behavior = policy.decide(found, call, accesses, workspace).behavior();
            if (behavior != Behavior.ALLOW && !approved) {
                return new Ran(behavior, "");
            }
            var context =
                    new ToolContext(workspace, new ReadFiles(), line -> {}, policy.grant(found, accesses, workspace));
            return new Ran(behavior, found.run(call, context).forModel());
        } catch (InvalidArgumentsException e) {
            return new Ran(Behavior.DENY, e.getMessage());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static Map<String, Object> arguments(AttackRow row, AttackFixture fixture) {
        String input = fixture.in(row.input());
        return switch (row.surface()) {
            case "Read" -> Map.of("file_path", input);
            case "Write" -> Map.of("file_path", input, "content", "x");
            case "Glob" -> Map.of("pattern", input);
            case "Bash" -> Map.of("command", input, "timeout", 1_500);
            case "Grep" ->
                Map.of(
                        "pattern",
                        input.replaceFirst("^pattern='?", "").replaceFirst("(?:'| path=.*| on \\d.*)$", ""),
                        "output_mode",
                        "content");
            default -> throw new AssertionError("a row of an unknown surface: " + row);
        };
    }

    @TestFactory
    Stream<DynamicTest> no_call_leads_out_leaks_or_hangs() throws Exception {
        AttackFixture fixture = AttackFixture.fresh(folder);
        fixture.shell(
                fixture.workspace(),
                "mkfifo p; printf 'x%.0s' {1..120} > long; printf '\\n%60000s' x >> long; ln -sf /dev/zero 'link→'; mkdir -p 1");
        return AttackRow.of("tools").stream()
                .filter(row -> !row.isControl() && !ELSEWHERE.containsKey(row.id()))
                .filter(row -> !row.surface().equals("Edit"))
                .map(row -> DynamicTest.dynamicTest(row.id(), () -> {
                    Policy policy = Policy.acceptEdits();
                    if (row.id().equals("search-glob-deny")) {
                        policy = policy.with(Rule.deny("Read(*.pem)", row.id()));
                    }
                    Policy decided = policy;
                    boolean harmless = row.surface().equals("Bash") && !ONLY_ASKED.contains(row.id());
                    Ran ran = Assertions.assertTimeout(
                            Duration.ofSeconds(20),
                            () -> run(fixture, decided, harmless, row.surface(), arguments(row, fixture)));
                    assertThat(ran.told()).doesNotContain(AttackFixture.CANARY).hasSizeLessThan(120_000);
                    assertThat(ran.told().chars()).doesNotContain(0);
                    if (row.surface().matches("Glob|Grep")) {
                        assertThat(ran.told()).doesNotContain("secret.txt");
                    }
                    if (row.id().equals("search-glob-deny")) {
                        assertThat(ran.told()).isEqualTo("No files found");
                    }
                    if (row.id().equals("search-grep-badre")) {
                        assertThat(ran.told()).contains("no regular expression");
                    }
                    if (row.expected().verdict().matches("deny|ask_or_deny") || ONLY_ASKED.contains(row.id())) {
                        assertThat(ran.behavior()).isNotEqualTo(Behavior.ALLOW);
                    }
                    AttackRow.assertUnharmed(fixture);
                }));
    }

    @TestFactory
    Stream<DynamicTest> benign_calls_run_unasked() throws Exception {
        AttackFixture fixture = AttackFixture.fresh(folder);
        return AttackRow.of("tools").stream()
                .filter(row -> row.isControl() && !ELSEWHERE.containsKey(row.id()))
                .filter(row -> !row.surface().equals("Bash"))
                .map(row -> DynamicTest.dynamicTest(row.id(), () -> {
                    Ran ran = run(fixture, Policy.of(Mode.DEFAULT), false, row.surface(), arguments(row, fixture));
                    assertThat(ran.behavior()).isEqualTo(Behavior.ALLOW);
                    assertThat(ran.told()).isNotBlank().doesNotContain("No files", "No matches", "Failed", "Rejected");
                }));
    }

    @TestFactory
    Stream<DynamicTest> no_agent_file_is_taken_for_what_it_must_not_be() throws Exception {
        return AttackRow.of("definitions").stream()
                .map(row -> DynamicTest.dynamicTest(row.id(), () -> {
                    String head = "---\nname: x\ndescription: Does x\n";
                    byte[] file = switch (row.id()) {
                        case "agent-yaml-merge" ->
                            (head + "a: &x\n  <<: *x\n---\nbody").getBytes(StandardCharsets.UTF_8);
                        case "agent-name-colon" ->
                            "---\nname: plugin:x\ndescription: d\n---\nb".getBytes(StandardCharsets.UTF_8);
                        case "agent-name-html" ->
                            "---\nname: <img src=x onerror=alert(1)>\ndescription: d\n---\nb"
                                    .getBytes(StandardCharsets.UTF_8);
                        case "agent-utf16" -> (head + "---\nbody").getBytes(StandardCharsets.UTF_16);
                        case "dos-yaml-deep" ->
                            (head + "tools: " + "[".repeat(10_000) + "\n---\nbody").getBytes(StandardCharsets.UTF_8);
                        case "dos-yaml-bomb" -> bomb(head).getBytes(StandardCharsets.UTF_8);
                        case "dos-md-huge" -> (head + "---\n" + "x".repeat(100 << 20)).getBytes(StandardCharsets.UTF_8);
                        case "agent-template-inject" ->
                            (head + "---\n${jndi:ldap://x} {{7*7}} #{T(java.lang.Runtime)}")
                                    .getBytes(StandardCharsets.UTF_8);
                        case "agent-invisible" ->
                            (head + "---\nbody \uDB40\uDC41 a\u200Bb").getBytes(StandardCharsets.UTF_8);
                        case "agent-perm-bypass" ->
                            (head + "permissionMode: bypassPermissions\n---\nb").getBytes(StandardCharsets.UTF_8);
                        default -> (head + "---\nbody").getBytes(StandardCharsets.UTF_8);
                    };
                    Reading reading =
                            Assertions.assertTimeout(Duration.ofSeconds(5), () -> new AgentReader().read("x.md", file));
                    switch (row.expected().verdict()) {
                        case "error", "limited" ->
                            assertThat(reading.definition()
                                            .filter(agent -> !agent.name().equals("x")
                                                    || row.id().matches("agent-utf16|dos-md-huge")))
                                    .as(reading.diagnostics().toString())
                                    .isEmpty();
                        default -> assertThat(reading.definition()).isPresent();
                    }
                    if (row.id().equals("agent-template-inject")) {
                        assertThat(reading.definition().orElseThrow().toString())
                                .contains("{{7*7}}");
                    }
                    if (row.id().equals("agent-invisible")) {
                        assertThat(reading.diagnostics()).isNotEmpty();
                    }
                }));
    }

    private static String bomb(String head) {
        var yaml = new StringBuilder(head + "a0: &a0 [x, x]\n");
        for (int i = 1; i < 10; i++) {
            yaml.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(9) + "x]\n");
        }
        return yaml + "---\nbody";
    }
}
