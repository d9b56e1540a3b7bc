package dev.yardmaster.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.permission.Decision.Behavior;
import dev.yardmaster.tool.Access;
import dev.yardmaster.tool.Grant;
import dev.yardmaster.tool.InvalidArgumentsException;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolContext;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.tool.builtin.BuiltinTools;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {

    @TempDir
    Path folder;

    Workspace workspace;
    Path out;

    @BeforeEach
    void make() throws IOException {
        Path root = Files.createDirectory(folder.toRealPath().resolve("ws"));
        out = Files.createDirectory(root.resolveSibling("out"));
        Files.createDirectories(root.resolve("src"));
        Files.writeString(root.resolve("src/a.py"), "x");
        Files.writeString(root.resolve(".env"), "x");
        Files.writeString(out.resolve("secret.txt"), "x");
        Files.createSymbolicLink(root.resolve("link-out"), out);
        Files.createSymbolicLink(root.resolve("link-env"), Path.of(".env"));
        workspace = Workspace.of(root);
    }

    Decision decide(Policy policy, String tool, String path) {
        Map<String, Object> arguments = switch (tool) {
            case "Read" -> Map.of("file_path", path);
            case "Write" -> Map.of("file_path", path, "content", "x");
            case "Edit" -> Map.of("file_path", path, "old_string", "a", "new_string", "b");
            case "MultiEdit" ->
                Map.of("file_path", path, "edits", List.of(Map.of("old_string", "a", "new_string", "b")));
            case "LS" -> Map.of("path", path);
            case "TodoWrite" -> Map.of("todos", List.of());
            case "BashOutput" -> Map.of("bash_id", path);
            case "KillShell" -> Map.of("shell_id", path);
            case "Bash" -> Map.of("command", path);
            default -> Map.of("pattern", "x", "path", path);
        };
        Tool found = BuiltinTools.all().find(tool).orElseThrow();
        return policy.decide(found, new ToolCall("1", tool, Json.of(arguments)), workspace);
    }

    Behavior behavior(Policy policy, String tool, String path) {
        return decide(policy, tool, path).behavior();
    }

    /** A tool that says nothing of what it touches. */
    record Opaque(String name, Effect effect) implements Tool {
        @Override
        public String description() {
            return "does something";
        }

        @Override
        public Json parameters() {
            return Json.parse("{\"type\":\"object\"}");
        }

        @Override
        public Effect effect(ToolCall call) {
            return effect;
        }

        @Override
        public List<Access> accesses(ToolCall call, Workspace workspace) {
            return List.of();
        }

        @Override
        public ToolResult run(ToolCall call, ToolContext context) {
            return new ToolResult.Text("done");
        }
    }

    Behavior behavior(Policy policy, Opaque tool) {
        return policy.decide(tool, new ToolCall("1", tool.name(), Json.parse("{}")), workspace)
                .behavior();
    }

    @Test
    void says_why_a_rule_that_reads_as_if_it_meant_a_command_does_not() {
        Policy policy = Policy.of(Mode.DEFAULT).with(Rule.allow("Bash(python3:*)", "--allow"));
        assertThat(behavior(policy, "Bash", "python3 src/a.py")).isEqualTo(Behavior.ALLOW);
        Decision asked = decide(policy, "Bash", "python3 -c 'print(1)'");
        assertThat(asked.behavior()).isEqualTo(Behavior.ASK);
        assertThat(asked.reason()).contains("the * of allow Bash(python3:*) (--allow)", "exactly this text");
        assertThat(decide(policy, "Bash", "perl x").reason()).isEqualTo("commands are asked for");
    }

    @Nested
    class A_mode {
        @Test
        void of_default_reads_inside_and_asks_for_the_rest() {
            Policy policy = Policy.of(Mode.DEFAULT);
            for (String tool : new String[] {"Read", "Glob", "Grep"}) {
                assertThat(behavior(policy, tool, "src")).isEqualTo(Behavior.ALLOW);
                assertThat(behavior(policy, tool, "link-out")).isEqualTo(Behavior.ASK);
                assertThat(behavior(policy, tool, out.toString())).isEqualTo(Behavior.ASK);
            }
            assertThat(behavior(policy, "Edit", "src/a.py")).isEqualTo(Behavior.ASK);
            assertThat(behavior(policy, "Write", "new.py")).isEqualTo(Behavior.ASK);
            assertThat(behavior(policy, "Bash", "make")).isEqualTo(Behavior.ASK);
            assertThat(behavior(policy, new Opaque("Pay", Effect.ONCE))).isEqualTo(Behavior.ASK);
            assertThat(behavior(policy, new Opaque("Look", Effect.READ_ONLY))).isEqualTo(Behavior.ALLOW);
        }

        @Test
        void of_accept_edits_edits_inside_as_well() {
            Policy policy = Policy.acceptEdits();
            assertThat(behavior(policy, "Edit", "src/a.py")).isEqualTo(Behavior.ALLOW);
            assertThat(behavior(policy, "Write", "deep/new.py")).isEqualTo(Behavior.ALLOW);
            assertThat(behavior(policy, "Write", "link-out/new")).isEqualTo(Behavior.ASK);
            assertThat(behavior(policy, "Write", "../out/new")).isEqualTo(Behavior.ASK);
            assertThat(behavior(policy, "Bash", "make")).isEqualTo(Behavior.ASK);
        }

        @Test
        void of_plan_changes_nothing_whatever_rules_say() {
            Policy policy = Policy.of(Mode.PLAN)
                    .with(
                            Rule.allow("Edit", "t"),
                            Rule.allow("Bash", "t"),
                            Rule.allow("Pay", "t"),
                            Rule.ask("Write", "t"),
                            Rule.ask("Bash(make:*)", "t"));
            assertThat(behavior(policy, "Read", "src/a.py")).isEqualTo(Behavior.ALLOW);
            assertThat(behavior(policy, "Bash", "ls")).isEqualTo(Behavior.ALLOW);
            assertThat(behavior(policy, "Edit", "src/a.py")).isEqualTo(Behavior.DENY);
            assertThat(behavior(policy, "Write", "new")).isEqualTo(Behavior.DENY);
            assertThat(behavior(policy, "Bash", "make")).isEqualTo(Behavior.DENY);
            assertThat(behavior(policy, new Opaque("Pay", Effect.ONCE))).isEqualTo(Behavior.DENY);
            assertThat(behavior(policy, new Opaque("Look", Effect.READ_ONLY))).isEqualTo(Behavior.ALLOW);
        }

        @Test
        void of_dont_ask_denies_what_would_be_asked_for() {
            Policy policy = Policy.of(Mode.DONT_ASK).with(Rule.allow("Bash(make)", "t"), Rule.ask("Read(src/**)", "t"));
            assertThat(behavior(policy, "Read", ".env")).isEqualTo(Behavior.ALLOW);
            assertThat(behavior(policy, "Bash", "make")).isEqualTo(Behavior.ALLOW);
            assertThat(behavior(policy, "Read", "src/a.py")).isEqualTo(Behavior.DENY);
            assertThat(decide(policy, "Write", "new").reason()).contains("nothing is asked for in mode dontAsk");
        }

        @Test
        void of_bypass_asks_for_files_outside_and_protected_ones_only() {
            Policy policy = Policy.of(Mode.BYPASS);
            assertThat(behavior(policy, "Write", "new")).isEqualTo(Behavior.ALLOW);
            assertThat(behavior(policy, "Bash", "make | sh")).isEqualTo(Behavior.ALLOW);
            assertThat(behavior(policy, new Opaque("Pay", Effect.ONCE))).isEqualTo(Behavior.ALLOW);
            assertThat(behavior(policy, "Write", ".git/hooks/x")).isEqualTo(Behavior.ASK);
            assertThat(behavior(policy, "Write", "../new")).isEqualTo(Behavior.ASK);
            assertThat(behavior(policy, "Read", "../out/secret.txt")).isEqualTo(Behavior.ASK);
        }

        @Test
        void goes_by_its_name_in_agent_files() {
            assertThat(Mode.find("acceptEdits")).contains(Mode.ACCEPT_EDITS);
            assertThat(Mode.find("BYPASSPERMISSIONS")).contains(Mode.BYPASS);
            assertThat(Mode.find(" plan ")).contains(Mode.PLAN);
            assertThat(Mode.find("manual")).contains(Mode.DEFAULT);
            assertThat(Mode.find("yolo")).isEqualTo(Optional.empty());
        }
    }

    @Nested
    class Rules {
        @Test
        void deny_before_they_ask_and_ask_before_they_allow_in_whatever_order() {
            Rule allow = Rule.allow("Read(src/**)", "t");
            Rule ask = Rule.ask("Read(src/a.py)", "t");
            Rule deny = Rule.deny("Read", "t");
            assertThat(behavior(Policy.of(Mode.DEFAULT).with(allow, ask, deny), "Read", "src/a.py"))
                    .isEqualTo(Behavior.DENY);
            assertThat(behavior(Policy.of(Mode.DEFAULT).with(allow, ask), "Read", "src/a.py"))
                    .isEqualTo(Behavior.ASK);
            assertThat(behavior(Policy.of(Mode.BYPASS).with(ask), "Read", "src/a.py"))
                    .isEqualTo(Behavior.ASK);
        }

        @Test
        void are_named_by_the_decision_with_their_source() {
            Decision decision = decide(
                    Policy.of(Mode.DEFAULT).with(Rule.deny("Edit(src/**)", "yardmaster.yml")), "Edit", "src/a.py");
            assertThat(decision)
                    .isEqualTo(new Decision(Behavior.DENY, "Edit(src/**)", "yardmaster.yml", "a rule denies it"));
        }

        @Test
        void for_reading_keep_files_from_every_tool_and_also_from_being_written() {
            Policy policy = Policy.of(Mode.BYPASS).with(Rule.deny("Read(.env)", "t"));
            for (String tool : new String[] {"Read", "Edit", "Write", "Grep"}) {
                assertThat(behavior(policy, tool, ".env")).as(tool).isEqualTo(Behavior.DENY);
            }
        }

        @Test
        void for_editing_govern_writing_and_let_read() {
            Policy policy = Policy.of(Mode.DEFAULT)
                    .with(Rule.allow("Edit(//" + out.toString().substring(1) + "/**)", "t"));
            for (String tool : new String[] {"Read", "Edit", "Write"}) {
                assertThat(behavior(policy, tool, out + "/secret.txt")).as(tool).isEqualTo(Behavior.ALLOW);
            }
        }

        @Test
        void hold_for_both_ends_of_a_link() {
            Policy deny = Policy.of(Mode.BYPASS).with(Rule.deny("Read(.env)", "t"));
            assertThat(behavior(deny, "Read", "link-env")).isEqualTo(Behavior.DENY);
            assertThat(behavior(Policy.of(Mode.BYPASS).with(Rule.deny("Read(link-env)", "t")), "Read", "link-env"))
                    .isEqualTo(Behavior.DENY);
            Policy allow = Policy.of(Mode.DEFAULT).with(Rule.allow("Read(link-out/**)", "t"));
            assertThat(behavior(allow, "Read", "link-out/secret.txt")).isEqualTo(Behavior.ASK);
        }

        @ParameterizedTest
        @ValueSource(strings = {"src/../.git/config", "other/src/x", "src", "srcx/a", "../ws/.git/x"})
        void that_allow_a_folder_allow_no_other(String path) {
            Policy policy = Policy.of(Mode.DEFAULT).with(Rule.allow("Edit(src/**)", "t"));
            assertThat(behavior(policy, "Write", "src/new/x")).isEqualTo(Behavior.ALLOW);
            assertThat(behavior(policy, "Write", path)).isEqualTo(Behavior.ASK);
        }

        @Test
        void that_deny_a_folder_deny_it_at_any_depth() {
            Policy policy =
                    Policy.of(Mode.BYPASS).with(Rule.deny("Edit(secrets/**)", "t"), Rule.deny("Read(*.pem)", "t"));
            assertThat(behavior(policy, "Write", "a/b/secrets/x")).isEqualTo(Behavior.DENY);
            assertThat(behavior(policy, "Read", "a/key.pem")).isEqualTo(Behavior.DENY);
            assertThat(behavior(policy, "Read", out + "/key.pem")).isEqualTo(Behavior.DENY);
            assertThat(behavior(policy, "Read", "a/key.pem.txt")).isEqualTo(Behavior.ALLOW);
        }

        @Test
        void do_not_open_protected_files() {
            Policy policy = Policy.acceptEdits().with(Rule.allow("Edit", "t"));
            assertThat(decide(policy, "Write", ".git/config").reason()).contains("'.git' is protected");
            assertThat(behavior(policy, "Write", "sub/.GIT/config")).isEqualTo(Behavior.ASK);
            assertThat(behavior(policy, "Write", ".gitignore")).isEqualTo(Behavior.ALLOW);
        }

        @Test
        void name_tools_without_regard_to_case_and_servers_as_a_whole() {
            Policy policy = Policy.of(Mode.BYPASS)
                    .with(Rule.deny("pay", "t"), Rule.deny("mcp__bank", "t"), Rule.deny("*Delete*Row*", "t"));
            for (String name : new String[] {"Pay", "mcp__bank__transfer", "mcp__db__deleteOneRowNow"}) {
                assertThat(behavior(policy, new Opaque(name, Effect.ONCE)))
                        .as(name)
                        .isEqualTo(Behavior.DENY);
            }
            for (String name : new String[] {"Payment", "mcp__banking__x", "mcp__db__deleteAll"}) {
                assertThat(behavior(policy, new Opaque(name, Effect.ONCE)))
                        .as(name)
                        .isEqualTo(Behavior.ALLOW);
            }
            Policy allowing = Policy.of(Mode.DEFAULT).with(Rule.allow("mcp__bank__*", "t"));
            assertThat(behavior(allowing, new Opaque("mcp__bank__see", Effect.ONCE)))
                    .isEqualTo(Behavior.ALLOW);
            assertThat(behavior(allowing, new Opaque("mcp__bank2__see", Effect.ONCE)))
                    .isEqualTo(Behavior.ASK);
        }

        @Test
        void for_everything_are_written_with_a_star() {
            assertThat(behavior(Policy.of(Mode.BYPASS).with(Rule.deny("*", "t")), "Read", "src/a.py"))
                    .isEqualTo(Behavior.DENY);
            assertThat(behavior(Policy.of(Mode.DEFAULT).with(Rule.allow("Edit(*)", "t")), "Write", "x"))
                    .isEqualTo(Behavior.ALLOW);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "Bash(",
                    "Bash)",
                    "Read()",
                    "Read( )",
                    "Write(src/**)",
                    "Glob(x)",
                    "8x",
                    "Bash (ls)",
                    "Read({a)"
                })
        void that_cannot_be_read_say_so(String rule) {
            assertThatExceptionOfType(dev.yardmaster.event.YardmasterException.class)
                    .isThrownBy(() -> Rule.deny(rule, "settings.json"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"*", "B*", "mcp__*", "mcp__*__get"})
        void that_allow_need_a_name(String rule) {
            assertThatExceptionOfType(InvalidRuleException.class)
                    .isThrownBy(() -> Rule.allow(rule, "settings.json"))
                    .withMessageContaining("'" + rule + "' (settings.json)");
        }
    }

    @Test
    void a_file_with_another_name_elsewhere_is_asked_for() throws IOException {
        Files.createLink(workspace.root().resolve("hard"), out.resolve("secret.txt"));
        assertThat(decide(Policy.of(Mode.BYPASS), "Read", "hard").rule()).isEqualTo("shared");
        assertThat(behavior(Policy.of(Mode.DEFAULT), "Read", "hard")).isEqualTo(Behavior.ASK);
    }

    @Test
    void edit_rules_govern_multi_edit_and_read_rules_ls() {
        Policy policy = Policy.of(Mode.ACCEPT_EDITS).with(Rule.deny("Edit(src/**)", "t"), Rule.deny("Read(src)", "t"));
        assertThat(behavior(policy, "MultiEdit", "src/a.py")).isEqualTo(Behavior.DENY);
        assertThat(behavior(policy, "MultiEdit", "b.py")).isEqualTo(Behavior.ALLOW);
        assertThat(behavior(policy, "LS", "src")).isEqualTo(Behavior.DENY);
        assertThat(behavior(policy, "LS", ".")).isEqualTo(Behavior.ALLOW);
        assertThat(behavior(policy, "LS", "/")).isEqualTo(Behavior.ASK);
        assertThat(behavior(Policy.of(Mode.PLAN), "MultiEdit", "b.py")).isEqualTo(Behavior.DENY);
    }

    @Test
    void what_belongs_to_the_agents_own_work_is_not_asked_for_but_can_be_denied_by_name() {
        for (String tool : List.of("TodoWrite", "BashOutput", "KillShell")) {
            for (Mode mode : Mode.values()) {
                assertThat(behavior(Policy.of(mode), tool, "bash_1234")).isEqualTo(Behavior.ALLOW);
            }
            Policy denied = Policy.of(Mode.BYPASS).with(Rule.deny(tool, "t"));
            assertThat(behavior(denied, tool, "bash_1234")).isEqualTo(Behavior.DENY);
        }
    }

    @Test
    void a_call_may_touch_what_was_decided_about_and_what_no_rule_keeps_below_it() {
        Policy policy = Policy.of(Mode.DEFAULT)
                .with(Rule.deny("Read(.env)", "t"))
                .within(Policy.of(Mode.DEFAULT).with(Rule.ask("Read(*.pem)", "t")));
        Tool grep = BuiltinTools.all().find("Grep").orElseThrow();
        List<Access> decided =
                grep.accesses(new ToolCall("1", "Grep", Json.of(Map.of("pattern", "x", "path", "src"))), workspace);
        Grant grant = policy.grant(grep, decided, workspace);
        assertThat(grant.covers(reads("src/a.py"))).isTrue();
        assertThat(grant.covers(reads("src/.env"))).isFalse();
        assertThat(grant.covers(reads("src/key.pem"))).isFalse();
        assertThat(grant.covers(reads("b.py"))).isFalse();
        assertThat(grant.covers(new Access.Writes(
                        reads("src/a.py").written(), reads("src/a.py").target())))
                .isFalse();
    }

    Access.Reads reads(String path) {
        var resolved = workspace.resolve(path);
        return new Access.Reads(resolved.written(), resolved.target());
    }

    @Test
    void arguments_that_do_not_fit_are_told_before_anything_is_decided() {
        assertThatExceptionOfType(InvalidArgumentsException.class)
                .isThrownBy(() -> decide(Policy.of(Mode.BYPASS), "Read", "a\u0000b"));
    }

    @Test
    void a_policy_describes_itself() {
        Policy policy = Policy.of(Mode.PLAN)
                .with(Rule.deny("Bash(curl:*)", "yardmaster.yml"))
                .within(Policy.acceptEdits());
        assertThat(policy.describe())
                .containsExactly(
                        "mode plan: reads inside the workspace; changes are denied",
                        "deny Bash(curl:*) (yardmaster.yml)",
                        "and within: mode acceptEdits: " + Mode.ACCEPT_EDITS.description());
    }

    @Nested
    class A_policy_within_another {

        static final String[] RULES = {
            "Read",
            "Read(src/**)",
            "Read(.env)",
            "Edit",
            "Edit(src/**)",
            "Edit(*.py)",
            "Bash",
            "Bash(make)",
            "Bash(make:*)",
            "Bash(git commit:*)",
            "Bash(rm:*)",
            "Bash(cat *)",
            "Pay",
            "Grep",
            "Write"
        };

        static final String[][] CALLS = {
            {"Read", "src/a.py"},
            {"Read", ".env"},
            {"Read", "link-env"},
            {"Read", "link-out/secret.txt"},
            {"Read", "../x"},
            {"Edit", "src/a.py"},
            {"Edit", "b.py"},
            {"Write", ".git/config"},
            {"Write", "new"},
            {"Grep", "src"},
            {"Glob", "."},
            {"Bash", "make"},
            {"Bash", "make all"},
            {"Bash", "cat .env"},
            {"Bash", "rm -rf /"},
            {"Bash", "rm x"},
            {"Bash", "make && rm x"},
            {"Bash", "echo $(rm x)"},
            {"Bash", "git commit -m x"},
            {"Bash", "echo x > src/a.py"}
        };

        Policy random(Random random) {
            Policy policy = Policy.of(Mode.values()[random.nextInt(Mode.values().length)]);
            for (int i = random.nextInt(5); i > 0; i--) {
                String rule = RULES[random.nextInt(RULES.length)];
                policy = policy.with(
                        switch (random.nextInt(3)) {
                            case 0 -> Rule.allow(rule, "t");
                            case 1 -> Rule.ask(rule, "t");
                            default -> Rule.deny(rule, "t");
                        });
            }
            return policy;
        }

        @Test
        void never_lets_more_pass_than_either() {
            var random = new Random(6);
            int wider = 0;
            for (int i = 0; i < 12_000; i++) {
                Policy child = random(random);
                Policy parent = random(random);
                String[] call = CALLS[random.nextInt(CALLS.length)];
                Behavior alone = behavior(child, call[0], call[1]);
                Behavior outer = behavior(parent, call[0], call[1]);
                Behavior both = behavior(child.within(parent), call[0], call[1]);
                assertThat(both)
                        .as(() -> String.join(" ", call) + " by " + child.describe() + " within " + parent.describe())
                        .isEqualTo(alone.compareTo(outer) >= 0 ? alone : outer);
                wider += alone.compareTo(outer) < 0 ? 1 : 0;
                Behavior three = behavior(child.within(parent).within(random(random)), call[0], call[1]);
                assertThat(three).isGreaterThanOrEqualTo(both);
            }
            assertThat(wider).isGreaterThan(1_000);
        }

        @ParameterizedTest
        @EnumSource(Mode.class)
        void keeps_the_outer_rules_in_every_mode(Mode mode) {
            Policy policy = Policy.of(mode)
                    .with(Rule.allow("Bash", "child"))
                    .within(Policy.of(Mode.DEFAULT).with(Rule.deny("Bash(rm:*)", "parent")));
            assertThat(behavior(policy, "Bash", "rm x")).isEqualTo(Behavior.DENY);
            assertThat(behavior(policy, "Bash", "make")).isNotEqualTo(Behavior.ALLOW);
        }
    }
}
