package dev.yardmaster.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Json;
import dev.yardmaster.permission.Decision.Behavior;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HooksTest {

    @TempDir
    Path folder;

    private HookReader.Read read(String json) {
        return HookReader.read(Json.parse(json).as(Object.class), "settings.json", Optional.empty());
    }

    /** What one command, asked at an event, comes to. */
    private HookVerdict asked(HookEvent event, String command, String... more) throws Exception {
        var handler = new java.util.LinkedHashMap<String, Object>(Map.of("type", "command", "command", command));
        for (int i = 0; i < more.length; i += 2) {
            handler.put(more[i], more[i + 1]);
        }
        var hooks = Map.of(event.spelling(), List.of(Map.of("hooks", List.of(handler))));
        HookReader.Read read = HookReader.read(hooks, "settings.json", Optional.empty());
        assertThat(read.problems()).isEmpty();
        return read.hooks().ask(input(event));
    }

    private HookVerdict asked(String command, String... more) throws Exception {
        return asked(HookEvent.PRE_TOOL_USE, command, more);
    }

    private HookInput input(HookEvent event) {
        var json = Map.of(
                "hook_event_name", event.spelling(), "tool_name", "Bash", "tool_input", Map.of("command", "rm -rf x"));
        return new HookInput(event, Json.of(json), folder);
    }

    private static String specific(String rest) {
        return "echo '{\"hookSpecificOutput\": {\"hookEventName\": \"PreToolUse\", " + rest + "}}'";
    }

    @Nested
    class A_command {

        @Test
        void reads_the_event_as_json_in_the_workspace() throws Exception {
            asked("cat > got.json; pwd > where");
            assertThat(Json.parse(Files.readString(folder.resolve("got.json"))))
                    .isEqualTo(input(HookEvent.PRE_TOOL_USE).json());
            assertThat(folder.resolve("where")).hasContent(folder.toRealPath().toString());
        }

        @Test
        void that_ends_well_and_says_nothing_has_no_opinion() throws Exception {
            assertThat(asked("echo all is well")).isEqualTo(HookVerdict.none());
        }

        @Test
        void that_ends_with_2_denies_and_says_why_on_its_error_output() throws Exception {
            HookVerdict verdict = asked("echo seen; echo 'no rm here' >&2; exit 2");
            assertThat(verdict.denies()).isTrue();
            assertThat(verdict.reason()).isEqualTo("no rm here");
            assertThat(verdict.ran())
                    .containsExactly(new HookVerdict.Ran("PreToolUse", "settings.json", "denied: no rm here"));
        }

        @Test
        void that_ends_with_2_denies_whatever_it_printed() throws Exception {
            assertThat(asked(specific("\"permissionDecision\": \"allow\"") + "; exit 2")
                            .denies())
                    .isTrue();
        }

        @Test
        void that_ends_otherwise_has_failed_and_holds_nothing_back() throws Exception {
            HookVerdict verdict = asked("echo broken >&2; exit 3");
            assertThat(verdict.behavior()).isEmpty();
            assertThat(verdict.ran())
                    .singleElement()
                    .satisfies(ran ->
                            assertThat(ran.told()).startsWith("failed: ").endsWith("ended with exit code 3: broken"));
        }

        @Test
        void that_is_not_there_has_failed() throws Exception {
            assertThat(asked("./no-such-script.sh").ran())
                    .singleElement()
                    .satisfies(ran -> assertThat(ran.told()).contains("exit code 127"));
        }

        @Test
        void that_takes_too_long_is_stopped_with_all_that_it_started() throws Exception {
            HookVerdict verdict = asked("(sleep 300; touch late) & sleep 300", "timeout", "0.2");
            assertThat(verdict.ran())
                    .singleElement()
                    .satisfies(ran -> assertThat(ran.told()).contains("did not end within 200 ms"));
            assertThat(folder.resolve("late")).doesNotExist();
        }

        @Test
        void gets_no_secrets_and_the_project_folder() throws Exception {
            asked("env > env.txt");
            assertThat(Files.readAllLines(folder.resolve("env.txt")))
                    .contains("CLAUDE_PROJECT_DIR=" + folder)
                    .noneMatch(line -> line.startsWith("YARDMASTER_TEST_SECRET"));
        }

        @Test
        void with_arguments_is_a_program_whose_words_no_shell_reads() throws Exception {
            var args = List.of("$(touch pwned)", "${CLAUDE_PROJECT_DIR}/a b");
            var hooks = Map.of(
                    "PreToolUse",
                    List.of(Map.of("hooks", List.of(Map.of("type", "command", "command", "./show.sh", "args", args)))));
            Path script = Files.writeString(folder.resolve("show.sh"), "#!/bin/sh\nprintf '%s\\n' \"$@\" > words\n");
            assertThat(script.toFile().setExecutable(true)).isTrue();
            HookReader.read(hooks, "settings.json", Optional.empty()).hooks().ask(input(HookEvent.PRE_TOOL_USE));
            assertThat(folder.resolve("words")).hasContent("$(touch pwned)\n" + folder + "/a b\n");
            assertThat(folder.resolve("pwned")).doesNotExist();
        }

        @Test
        void that_floods_both_outputs_is_read_to_its_end() throws Exception {
            HookVerdict verdict =
                    asked("head -c 3000000 /dev/zero | tr '\\0' x; head -c 3000000 /dev/zero >&2; exit 2");
            assertThat(verdict.denies()).isTrue();
            assertThat(verdict.reason().length()).isLessThan(11_000);
        }
    }

    @Nested
    class Its_json {

        @Test
        void decides_about_the_call() throws Exception {
            for (Behavior each : Behavior.values()) {
                String said = each.name().toLowerCase(java.util.Locale.ROOT);
                HookVerdict verdict = asked(
                        specific("\"permissionDecision\": \"" + said + "\", \"permissionDecisionReason\": \"so\""));
                assertThat(verdict.behavior()).contains(each);
                assertThat(verdict.reason()).isEqualTo("so");
            }
            assertThat(asked(specific("\"permissionDecision\": \"defer\"")).behavior())
                    .contains(Behavior.ASK);
        }

        @Test
        void may_be_of_the_old_form() throws Exception {
            HookVerdict verdict = asked("echo '{\"decision\": \"block\", \"reason\": \"old\"}'");
            assertThat(verdict.denies()).isTrue();
            assertThat(verdict.reason()).isEqualTo("old");
        }

        @Test
        void changes_the_whole_input_and_adds_context() throws Exception {
            HookVerdict verdict =
                    asked(specific("\"updatedInput\": {\"command\": \"ls\"}, \"additionalContext\": \"I changed it\""));
            assertThat(verdict.input()).contains(Json.parse("{\"command\": \"ls\"}"));
            assertThat(verdict.context()).isEqualTo("I changed it");
        }

        @Test
        void ends_the_work() throws Exception {
            assertThat(asked("echo '{\"continue\": false, \"stopReason\": \"enough\"}'")
                            .stop())
                    .contains("enough");
        }

        @Test
        void is_told_to_people() throws Exception {
            assertThat(asked("echo '{\"systemMessage\": \"look here\"}'").ran())
                    .containsExactly(new HookVerdict.Ran("PreToolUse", "settings.json", "look here"));
        }

        @Test
        void that_is_none_or_says_nonsense_is_a_failure() throws Exception {
            assertThat(List.of(
                            asked("echo '{nope'"),
                            asked(specific("\"permissionDecision\": \"maybe\"")),
                            asked(specific("\"updatedInput\": \"ls\"")),
                            asked("echo '{\"hookSpecificOutput\": {\"hookEventName\": \"Stop\"}}'")))
                    .allSatisfy(verdict -> {
                        assertThat(verdict.behavior()).isEmpty();
                        assertThat(verdict.ran())
                                .singleElement()
                                .satisfies(ran -> assertThat(ran.told()).startsWith("failed: "));
                    });
        }

        @Test
        void is_a_text_for_the_agent_where_a_task_is_given() throws Exception {
            assertThat(asked(HookEvent.USER_PROMPT_SUBMIT, "echo the branch is main")
                            .context())
                    .isEqualTo("the branch is main");
        }
    }

    @Nested
    class Several {

        private Hook saying(HookAnswer answer) {
            return Hook.of(HookEvent.PRE_TOOL_USE, "code", input -> answer);
        }

        @Test
        void are_asked_at_once() throws Exception {
            var both = new CountDownLatch(2);
            HookHandler waiting = input -> {
                both.countDown();
                both.await();
                return HookAnswer.none();
            };
            HookHandler other = input -> waiting.run(input);
            Hooks.of(Hook.of(HookEvent.PRE_TOOL_USE, "one", waiting), Hook.of(HookEvent.PRE_TOOL_USE, "other", other))
                    .ask(input(HookEvent.PRE_TOOL_USE));
            assertThat(both.getCount()).isZero();
        }

        @Test
        void come_to_the_strictest_of_them() throws Exception {
            var answers = new ArrayList<>(
                    List.of(saying(HookAnswer.allow("fine")), saying(HookAnswer.none()), saying(HookAnswer.ask("hm"))));
            assertThat(Hooks.of(answers.toArray(Hook[]::new)).ask(input(HookEvent.PRE_TOOL_USE)))
                    .satisfies(verdict -> {
                        assertThat(verdict.behavior()).contains(Behavior.ASK);
                        assertThat(verdict.reason()).isEqualTo("hm");
                    });
            answers.addFirst(saying(HookAnswer.deny("no")));
            assertThat(Hooks.of(answers.toArray(Hook[]::new)).ask(input(HookEvent.PRE_TOOL_USE)))
                    .satisfies(verdict -> {
                        assertThat(verdict.behavior()).contains(Behavior.DENY);
                        assertThat(verdict.reason()).isEqualTo("no");
                    });
        }

        @Test
        void that_are_the_same_are_asked_once() throws Exception {
            var read = read("""
                    {"PreToolUse": [
                      {"matcher": "Bash", "hooks": [{"type": "command", "command": "echo x >> times"}]},
                      {"matcher": "*", "hooks": [{"type": "command", "command": "echo x >> times"}]}]}""");
            read.hooks().ask(input(HookEvent.PRE_TOOL_USE));
            assertThat(folder.resolve("times")).hasContent("x\n");
        }

        @Test
        void do_not_run_a_changed_call_that_another_denied() throws Exception {
            HookVerdict verdict = Hooks.of(
                            saying(HookAnswer.none().withInput(Json.parse("{}"))), saying(HookAnswer.deny("no")))
                    .ask(input(HookEvent.PRE_TOOL_USE));
            assertThat(verdict.input()).isEmpty();
        }
    }

    @Test
    void a_guard_that_fails_denies_where_failures_do() throws Exception {
        Hook broken = Hook.of(HookEvent.PRE_TOOL_USE, "code", input -> {
            throw new IllegalStateException("no database");
        });
        assertThat(Hooks.of(broken).ask(input(HookEvent.PRE_TOOL_USE)).denies()).isFalse();
        HookVerdict closed = Hooks.of(broken).failClosed().ask(input(HookEvent.PRE_TOOL_USE));
        assertThat(closed.denies()).isTrue();
        assertThat(closed.reason()).isEqualTo("the hook of code failed: no database");
    }

    @Test
    void one_that_the_format_does_not_wait_for_decides_nothing() throws Exception {
        assertThat(asked("exit 2", "async", "true")).isEqualTo(HookVerdict.none());
    }

    @Nested
    class A_matcher {

        private boolean matches(String matcher, String... names) {
            return HookMatcher.of(matcher).matches(List.of(names));
        }

        @Test
        void is_a_list_of_names_or_a_regular_expression() {
            assertThat(matches("*", "Bash")).isTrue();
            assertThat(matches("", "Bash")).isTrue();
            assertThat(matches("Edit|Write", "Write")).isTrue();
            assertThat(matches("Edit, Write", "Write")).isTrue();
            assertThat(matches("Edit|Write", "MultiEdit")).isFalse();
            assertThat(matches("Task", "Agent", "Task")).isTrue();
            assertThat(matches("mcp__bank__.*", "mcp__bank__pay")).isTrue();
            assertThat(matches("^Notebook", "NotebookEdit")).isTrue();
            assertThat(matches("Edit.*", "MultiEdit")).isTrue();
        }
    }

    @Nested
    class Reading {

        @Test
        void tells_what_means_nothing_here_and_what_cannot_be_understood() {
            var read = read("""
                    {"PreToolUse": [
                       {"matcher": "Bash", "hooks": [{"type": "mcp_tool", "tool": "x"}, {"type": "command"},
                                                     {"type": "command", "command": "a", "timeout": "soon"}]},
                       {"matcher": "(", "hooks": [{"type": "command", "command": "a"}]}, 7],
                     "FileChanged": [{"hooks": [{"type": "command", "command": "a"}]}],
                     "PreToolUsed": []}""");
            assertThat(read.hooks().isEmpty()).isTrue();
            assertThat(read.passed())
                    .anyMatch(each -> each.contains(
                            "PreToolUse[Bash]' is of the type mcp_tool, which is not run here; make it a command"))
                    .anyMatch(each -> each.contains("the event FileChanged does not occur here"));
            assertThat(read.problems())
                    .anyMatch(each -> each.contains("has no command"))
                    .anyMatch(each -> each.contains("the timeout 'soon'"))
                    .anyMatch(each -> each.contains("'(' is no regular expression"))
                    .anyMatch(each -> each.contains("no list 'hooks'"))
                    .anyMatch(each -> each.contains("no event 'PreToolUsed'; did you mean 'PreToolUse'?"));
        }

        @Test
        void keeps_the_condition_for_whoever_knows_the_call() {
            var read = read("""
                    {"PreToolUse": [{"hooks": [{"type": "command", "command": "a", "if": "Bash(git *)"}]}]}""");
            assertThat(read.hooks().when("Bash(git *)"::equals).all()).hasSize(1);
            assertThat(read.hooks().when(rule -> false).all()).isEmpty();
            assertThat(read.hooks().all().getFirst()).hasToString("PreToolUse if Bash(git *) a");
        }
    }

    @Test
    void a_verdict_is_the_same_when_it_comes_back_from_a_journal() throws Exception {
        var count = new AtomicInteger();
        for (HookVerdict each : List.of(
                HookVerdict.none(),
                asked("echo why >&2; exit 2"),
                asked(specific("\"updatedInput\": {\"a\": 1}, \"additionalContext\": \"c\"")))) {
            assertThat(Json.parse(Json.of(each).text()).as(HookVerdict.class)).isEqualTo(each);
            count.incrementAndGet();
        }
        assertThat(Json.of(HookVerdict.none()).text()).isEqualTo("{}");
        assertThat(count).hasValue(3);
    }
}
