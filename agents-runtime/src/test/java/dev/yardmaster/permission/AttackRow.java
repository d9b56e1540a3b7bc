package dev.yardmaster.permission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.yardmaster.event.Json;
import dev.yardmaster.permission.Decision.Behavior;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.builtin.BuiltinTools;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;

/** One row of the attack corpus; its format is described beside it. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AttackRow(
        String id, String part, String surface, String input, Setup setup, Optional<String> effect, Expected expected) {

    private static final Set<String> RUNS = Set.of(
            "perm-headless-default",
            "perm-timeout-approval",
            "perm-approval-stale",
            "perm-perm-cache-mode",
            "agent-perm-bypass",
            "agent-trust-settings",
            "agent-mcp-inline");

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Setup(List<String> allow, List<String> deny, String mode, String prepare) {

        public Setup {
            mode = mode == null ? "default" : mode;
            allow = allow == null ? List.of() : allow;
            deny = deny == null ? List.of() : deny;
            prepare = prepare == null ? "" : prepare;
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Expected(String verdict, String invariant) {}

    /** All rows of these parts; the test is skipped where the corpus is absent. */
    public static List<AttackRow> of(String... parts) throws IOException {
        Path file = Path.of(System.getProperty("yardmaster.shared", "shared"), "attacks", "dev.jsonl");
        Assumptions.assumeTrue(Files.exists(file), "the attack corpus is not here: " + file.getFileName());
        return read(Files.readString(file)).stream()
                .filter(row -> List.of(parts).contains(row.part()))
                .toList();
    }

    /** Rows of our own, in the same format. */
    static List<AttackRow> ours(String file) throws IOException {
        try (InputStream stream = AttackRow.class.getResourceAsStream(file)) {
            return read(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static List<AttackRow> read(String lines) {
        return lines.lines().map(line -> Json.parse(line).as(AttackRow.class)).toList();
    }

    /** Whether it speaks of what becomes of a run, which no single decision shows. */
    public boolean isAboutRuns() {
        return RUNS.contains(id);
    }

    boolean isControl() {
        return expected.verdict().equals("allow");
    }

    /** What the row's rules say to a command. */
    Behavior decideCommand(AttackFixture fixture, Workspace workspace) {
        return decide(policy(), workspace, "Bash", Map.of("command", fixture.in(input)));
    }

    /** The row's mode and rules. */
    Policy policy() {
        Policy policy = Policy.of(Mode.find(setup.mode()).orElseThrow());
        for (String rule : setup.allow()) {
            policy = policy.with(Rule.allow(rule, id));
        }
        for (String rule : setup.deny()) {
            policy = policy.with(Rule.deny(rule, id));
        }
        return policy;
    }

    static Behavior decide(Policy policy, Workspace workspace, String tool, Map<String, Object> arguments) {
        Tool found = BuiltinTools.all().find(tool).orElseThrow();
        return policy.decide(found, new ToolCall("1", tool, Json.of(arguments)), workspace)
                .behavior();
    }

    /** That nothing came of it. */
    static void assertUnharmed(AttackFixture fixture) {
        assertThat(fixture.pwned()).doesNotExist();
        assertThat(fixture.secret()).hasContent(AttackFixture.CANARY);
        assertThat(fixture.outside().toFile().list()).containsExactly("secret.txt");
    }
}
