package dev.yardmaster.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.permission.Decision.Behavior;
import dev.yardmaster.tool.InvalidArgumentsException;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.builtin.BuiltinTools;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules about arguments, rules of files in other folders than the workspace, and folders beside it. */
class RuleTest {

    @TempDir
    Path folder;

    Path project;
    Path beside;
    Workspace workspace;

    @BeforeEach
    void make() throws IOException {
        project = Files.createDirectories(folder.toRealPath().resolve("project"));
        beside = Files.createDirectories(folder.toRealPath().resolve("beside"));
        workspace = Workspace.of(Files.createDirectories(project.resolve("part")));
    }

    Behavior decide(Policy policy, String tool, Map<String, ?> arguments) {
        Tool found = BuiltinTools.all().find(tool).orElseGet(() -> new PolicyTest.Opaque(tool, Effect.ONCE));
        return policy.decide(found, new ToolCall("1", tool, Json.of(arguments)), workspace)
                .behavior();
    }

    Behavior edit(Policy policy, Path file) {
        return decide(policy, "Edit", Map.of("file_path", file.toString(), "old_string", "a", "new_string", "b"));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource({
        "domain:example.org, https://example.org/a, ALLOW",
        "domain:example.org, https://EXAMPLE.org:8443, ALLOW",
        "domain:example.org, https://example.org./a, ALLOW",
        "domain:example.org, https://example.org.evil.net, ASK",
        "domain:example.org, https://a.example.org, ASK",
        "domain:*.example.org, https://a.b.example.org, ALLOW",
        "domain:*.example.org, https://example.org, ASK",
        "domain:*.example.org, https://evil-example.org, ASK",
        "domain:api.*.org, https://api.one.org, ALLOW",
        "domain:api.*.org, https://api.one.two.org, ASK",
        "domain:*, https://anything.net, ALLOW",
        "domain:xn--bcher-kva.example, https://b\u00fccher.example, ALLOW",
    })
    void about_hosts_match_whole_names(String specifier, String url, Behavior expected) {
        Policy policy = Policy.of(Mode.DEFAULT).with(Rule.allow("WebFetch(" + specifier + ")", "t"));
        assertThat(fetch(policy, url)).isEqualTo(expected);
    }

    private Behavior fetch(Policy policy, String url) {
        return decide(policy, "WebFetch", Map.of("url", url, "prompt", "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org@evil.net", "https://evil.net\\x", "not an address"})
    void about_hosts_are_not_asked_about_an_address_that_can_be_read_in_two_ways(String url) {
        Policy policy = Policy.of(Mode.BYPASS).with(Rule.allow("WebFetch(domain:example.org)", "t"));
        assertThatExceptionOfType(InvalidArgumentsException.class).isThrownBy(() -> fetch(policy, url));
    }

    @Test
    void that_deny_a_host_deny_it_in_every_mode() {
        Policy policy = Policy.of(Mode.BYPASS).with(Rule.deny("WebFetch(domain:evil.net)", "t"));
        assertThat(fetch(policy, "https://evil.net/x")).isEqualTo(Behavior.DENY);
        assertThat(fetch(policy, "https://EVIL\u3002net./x")).isEqualTo(Behavior.DENY);
        assertThat(fetch(policy, "https://example.org")).isEqualTo(Behavior.ALLOW);
        Policy none = Policy.of(Mode.BYPASS).with(Rule.deny("WebFetch", "t"));
        assertThat(fetch(none, "https://example.org")).isEqualTo(Behavior.DENY);
    }

    @Test
    void about_hosts_are_read_for_another_tool_of_that_name_too() {
        var own = new PolicyTest.Opaque("WebFetch", Effect.ONCE);
        Policy policy = Policy.of(Mode.BYPASS).with(Rule.deny("WebFetch(domain:evil.net)", "t"));
        for (var each : Map.of("https://evil.net/x", Behavior.DENY, "https://evil.net\\x", Behavior.ASK)
                .entrySet()) {
            var call = new ToolCall("1", "WebFetch", Json.of(Map.of("url", each.getKey())));
            assertThat(policy.decide(own, call, workspace).behavior()).isEqualTo(each.getValue());
        }
    }

    @Test
    void about_an_argument_deny_and_ask_only_calls_that_have_it() {
        Policy policy = Policy.of(Mode.BYPASS)
                .with(Rule.deny("mcp__db__query(database:prod*)", "t"), Rule.ask("Agent(deployer)", "t"));
        assertThat(decide(policy, "mcp__db__query", Map.of("database", "production")))
                .isEqualTo(Behavior.DENY);
        assertThat(decide(policy, "mcp__db__query", Map.of("database", "test"))).isEqualTo(Behavior.ALLOW);
        assertThat(decide(policy, "mcp__db__query", Map.of())).isEqualTo(Behavior.ALLOW);
        assertThat(decide(policy, "Agent", handOff("deployer"))).isEqualTo(Behavior.ASK);
        assertThat(decide(policy, "Agent", handOff("reviewer"))).isEqualTo(Behavior.ALLOW);
    }

    private static Map<String, String> handOff(String agent) {
        return Map.of("subagent_type", agent, "description", "a part", "prompt", "Do it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp__db__query(database:test)", "WebFetch(example.org)", "Glob(path:src)", "Pay(x)"})
    void about_arguments_do_not_allow_and_do_not_look_at_paths(String rule) {
        assertThatExceptionOfType(InvalidRuleException.class).isThrownBy(() -> Rule.allow(rule, "t"));
    }

    @Test
    void of_a_file_in_another_folder_count_their_paths_from_there() {
        Policy policy = Policy.acceptEdits()
                .with(
                        Rule.allow("Read(/notes/**)", "t").from(project),
                        Rule.deny("Edit(/part/generated/**)", "t").from(project));
        assertThat(decide(
                        policy,
                        "Read",
                        Map.of("file_path", project.resolve("notes/a.txt").toString())))
                .isEqualTo(Behavior.ALLOW);
        assertThat(edit(policy, workspace.root().resolve("generated/a"))).isEqualTo(Behavior.DENY);
        assertThat(edit(policy, workspace.root().resolve("part/generated/a"))).isEqualTo(Behavior.ALLOW);
    }

    @Test
    void can_keep_all_changes_inside_whatever_allows_them() {
        Policy policy = Policy.of(Mode.BYPASS)
                .with(
                        Rule.allow("Edit(//" + beside.toString().substring(1) + "/**)", "t"),
                        Rule.denyEditsOutside("blockWritesOutsideWorkingDirectories", "settings.json:3"));
        assertThat(edit(policy, beside.resolve("a.txt"))).isEqualTo(Behavior.DENY);
        assertThat(edit(policy, workspace.root().resolve("a.txt"))).isEqualTo(Behavior.ALLOW);
        assertThat(decide(policy, "Bash", Map.of("command", "touch " + beside + "/a.txt")))
                .isEqualTo(Behavior.DENY);
    }

    @Test
    void that_protect_hold_in_further_folders_too() throws IOException {
        Path root = workspace.root();
        workspace = Workspace.of(root, beside);
        Files.writeString(beside.resolve("a.txt"), "x");
        Policy policy = Policy.acceptEdits().with(Rule.deny("Read(.env)", "t"));
        assertThat(edit(policy, beside.resolve("a.txt"))).isEqualTo(Behavior.ALLOW);
        assertThat(edit(policy, beside.resolve(".git/config"))).isEqualTo(Behavior.ASK);
        assertThat(edit(policy, beside.resolve(".env"))).isEqualTo(Behavior.DENY);
        assertThat(edit(policy, project.resolve("a.txt"))).isEqualTo(Behavior.ASK);
        assertThat(decide(policy, "Bash", Map.of("command", "cat " + beside + "/a.txt")))
                .isEqualTo(Behavior.ALLOW);
        assertThat(decide(policy, "Bash", Map.of("command", "rm -r " + beside))).isEqualTo(Behavior.ASK);
        assertThat(decide(policy, "Bash", Map.of("command", "rm -r " + folder.toRealPath())))
                .isEqualTo(Behavior.ASK);
    }

    @ParameterizedTest
    @CsvSource({
        "PLAN, DEFAULT, true", "DONT_ASK, ACCEPT_EDITS, true", "PLAN, DONT_ASK, false", "DONT_ASK, PLAN, false",
        "DEFAULT, DEFAULT, true", "DEFAULT, PLAN, false", "ACCEPT_EDITS, DEFAULT, false", "BYPASS, ACCEPT_EDITS, false",
        "ACCEPT_EDITS, BYPASS, true"
    })
    void modes_are_within_wider_ones(Mode inner, Mode outer, boolean within) {
        assertThat(inner.isWithin(outer)).isEqualTo(within);
    }

    @Test
    void a_tool_that_takes_nothing_in_brackets_is_named_with_the_one_that_was_meant() {
        assertThatThrownBy(() -> Rule.allow("Bush(ls)", "here"))
                .hasMessageContaining("'Bush' takes nothing in brackets; did you mean 'Bash'?");
    }
}
