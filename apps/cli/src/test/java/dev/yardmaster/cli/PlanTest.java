package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.yardmaster.cli.Calls.Said;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code do --plan}. */
@Timeout(120)
class PlanTest {

    private static final String SCRIPT = """
            version: 1
            agents:
              planner:
                - say: '{"subtasks": [
                    {"id": "code", "task": "Write a.py", "specialist": "coder", "after": [],
                     "acceptance": ["it is there"], "outputs": ["a.py"]},
                    {"id": "look", "task": "Look at a.py", "specialist": "looker", "after": ["code"],
                     "acceptance": ["it was read"], "outputs": ["a verdict"]}]}'
              coder:
                - call: {Write: {file_path: a.py, content: "print(1)"}}
                - say: "Written."
                - say: '{"checklist": [{"item": 1, "verdict": "done", "calls": ["1.1"], "note": "there"}]}'
              looker:
                - call: {Read: {file_path: a.py}}
                - say: "It prints."
                - say: '{"checklist": [{"item": 1, "verdict": "open", "note": "only half of it"}]}'
                - say: '{"checklist": [{"item": 1, "verdict": "open", "note": "only half of it"}]}'
                - say: '{"checklist": [{"item": 1, "verdict": "open", "note": "only half of it"}]}'
              reporter:
                - say: "a.py is there and half looked at."
            """;

    @TempDir
    Path temporary;

    private Calls calls;

    @BeforeEach
    void here() throws IOException {
        calls = new Calls(temporary);
        calls.file("team/coder.md", "---\nname: coder\ndescription: codes\ntools: Read, Write\n---\nCode.\n");
        calls.file("team/looker.md", "---\nname: looker\ndescription: looks\ntools: Read\n---\nLook.\n");
        calls.file("plan.yaml", SCRIPT);
    }

    private Said plan(String... more) {
        var arguments =
                new ArrayList<>(List.of("do", "--plan", "Write a.py and have it looked at", "--agents", "team"));
        arguments.addAll(List.of("--model", "script:plan.yaml", "--mode", "acceptEdits"));
        arguments.addAll(List.of(more));
        return calls.call(arguments.toArray(String[]::new));
    }

    @Test
    void shows_the_plan_as_text_and_as_a_picture_and_does_nothing_before_it_is_approved() {
        Said said = plan();
        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.out())
                .contains("Run this plan of 2 parts?", "1. code · coder", "2. look · looker (only reads) · after code")
                .contains("done when: it is there", "flowchart TD", "1 run|revise|stop")
                .containsPattern("plan  ■ done in .* · subtasks: 2 elements");
        assertThat(calls.folder().resolve("a.py")).doesNotExist();
    }

    @Test
    void approved_from_elsewhere_it_runs_and_tells_what_each_part_came_to() {
        plan();
        assertThat(calls.call("answer", "last", "1", "run").exit()).isZero();
        Said said = calls.call("resume");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out())
                .contains("○ Not done: items of a checklist are open at work/look")
                .contains("✓ code · coder", "○ look · looker", "not shown: it was read")
                .contains("a.py is there and half looked at.");
        assertThat(calls.folder().resolve("a.py")).exists();
    }

    @Test
    void at_a_terminal_a_person_is_asked() throws IOException {
        calls.atTerminal(100, "1\n\n");
        Said said = plan();
        assertThat(said.out()).contains("Run this plan of 2 parts?", "2  revise", "Written.");
        assertThat(Files.readString(calls.folder().resolve("a.py"))).isEqualTo("print(1)");
    }

    @Test
    void refused_it_has_done_nothing() {
        plan();
        calls.call("answer", "last", "1", "stop", "--reason", "too dear");
        Said said = calls.call("resume");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out()).contains("the plan was not approved by", "too dear");
        assertThat(calls.folder().resolve("a.py")).doesNotExist();
    }

    @Test
    void is_for_a_new_goal_without_a_named_agent() {
        assertThat(plan("--agent", "coder")).satisfies(said -> {
            assertThat(said.exit()).isEqualTo(2);
            assertThat(said.err()).contains("leave --agent out");
        });
    }

    @Test
    void without_a_model_says_the_ways_to_get_one() {
        Said said = calls.call("do", "--plan", "anything", "--agents", "team");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out()).contains("a plan is made by a model", "ANTHROPIC_API_KEY");
    }

    /** Two parts that name nobody: a model chooses for both at once, and is asked no more. */
    private void unnamed() throws IOException {
        calls.file("team/reader.md", "---\nname: reader\ndescription: looks at a.py\ntools: Read\n---\nRead.\n");
        calls.file(
                "plan.yaml",
                SCRIPT.replace("\"specialist\": \"coder\",", "")
                                .replace("\"specialist\": \"looker\",", "")
                                .replace("Write a.py", "codes a.py")
                                .replace("Look at a.py", "looks at a.py")
                        + """
                          router:
                            - say: '{"answer": [
                                {"task": "code", "specialist": "coder", "reason": "it codes"},
                                {"task": "look", "specialist": "looker", "reason": "a verdict\\u001b[31m is wanted"}]}'
                        """);
    }

    @Test
    void where_the_router_is_not_sure_who_does_a_part_a_model_chooses_and_plan_summary_and_show_say_why()
            throws IOException {
        unnamed();
        Said asked = plan("--sure", "100", "--json");
        assertThat(asked.exit()).as(asked.out() + asked.err()).isEqualTo(3);
        assertThat(asked.out())
                .contains("\"event\":\"plan\"", "\"undecided\":[", "\"stage\":\"model\"", "\"candidates\":[\"looker\"");
        assertThat(calls.call("show", "last").out())
                .contains("2. look · looker", "chosen by a model: a model chose among", "it codes")
                .doesNotContain("\u001b[31m");
        calls.call("answer", "last", "1", "run");
        Said done = calls.call("resume");
        assertThat(done.out()).contains("✓ code · coder · by a model", "it codes");
        assertThat(calls.call("show", "last").out())
                .contains("Plan\n", "  look · looker · by a model", "is wanted")
                .doesNotContain("\u001b[31m");
    }

    @Test
    void who_chooses_is_told_nothing_of_the_workspaces_instructions() throws IOException {
        unnamed();
        calls.file("CLAUDE.md", "Everything goes to the reader.\n");
        List<String> began = plan("--sure", "100", "--json")
                .out()
                .lines()
                .filter(line -> line.contains("\"event\":\"agent.started\""))
                .toList();
        assertThat(began).hasSize(2);
        assertThat(began.getFirst()).contains("\"agent\":\"planner\"", "CLAUDE.md");
        assertThat(began.getLast()).contains("\"agent\":\"router\"", "\"handed\":[]");
    }

    @Test
    void how_sure_the_router_has_to_be_holds_for_plans_too_and_for_those_that_are_resumed() throws IOException {
        unnamed();
        assertThat(plan("--sure", "0").out()).contains("chosen by words").doesNotContain("by a model: a model chose");
        calls.call("answer", "last", "1", "revise", "--reason", "shorter");
        assertThat(calls.call("resume").out()).doesNotContain("router");
    }

    /** For this test's repository, also where a git that runs the tests from a hook says which other one it means. */
    private ProcessBuilder process(String... line) {
        var process = new ProcessBuilder(line).directory(calls.folder().toFile());
        process.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        return process;
    }

    private void repository() throws Exception {
        boolean there;
        try {
            there = process("git", "init", "--quiet").start().waitFor() == 0;
        } catch (IOException e) {
            there = false;
        }
        assumeTrue(there, "git is not installed, so there can be no worktrees");
    }

    @Test
    void with_worktrees_works_in_them_and_tells_what_was_merged_also_when_it_is_resumed() throws Exception {
        repository();
        Said asked = plan("--worktrees");
        assertThat(asked.exit()).isEqualTo(3);
        assertThat(asked.out()).contains("Subtasks work in git worktrees");
        calls.call("answer", "last", "1", "run");
        Said said = calls.call("resume");
        assertThat(said.out()).contains("⇢ code: merged a.py", "✓ code · coder");
        assertThat(calls.folder().resolve("a.py")).exists();
        assertThat(calls.folder().resolve(".yardmaster/worktrees"))
                .isDirectoryNotContaining(file -> !file.getFileName().toString().equals(".gitignore"));
    }

    @Test
    void with_worktrees_is_refused_before_a_model_is_asked_where_there_can_be_none() {
        Said said = plan("--worktrees");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("--worktrees: ", "git init");
        assertThat(calls.call("do", "x", "--worktrees").err()).contains("add --plan");
    }

    /** A subtask has written a file, and waits to be allowed something else. */
    private void inTheMiddle() throws Exception {
        calls.file("team/coder.md", "---\nname: coder\ndescription: codes\ntools: Write, Bash\n---\nCode.\n");
        calls.file(
                "plan.yaml",
                SCRIPT.replace(
                        "    - say: \"Written.\"\n",
                        "    - call: {Bash: {command: \"npm install\"}}\n    - say: \"Written.\"\n"));
        plan("--worktrees");
        calls.call("answer", "last", "1", "run");
        assertThat(calls.call("resume").exit()).isEqualTo(3);
        calls.call("cancel", "last");
    }

    private String branches() throws IOException {
        Process git = process("git", "for-each-ref", "--format=%(refname:short)", "refs/heads/yardmaster")
                .start();
        return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void runs_that_are_deleted_take_their_worktrees_with_them_and_their_work_stays_on_its_branch() throws Exception {
        repository();
        inTheMiddle();
        Said said = calls.call("runs", "--prune", "0");
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out())
                .contains("deleted 1 run", "stays on this branch:", "git show BRANCH", "git branch -D BRANCH")
                .containsPattern("yardmaster/.*/code +a.py");
        assertThat(branches()).endsWith("/code\n");
        assertThat(calls.folder().resolve(".yardmaster/worktrees"))
                .isDirectoryNotContaining(file -> !file.getFileName().toString().equals(".gitignore"));
        assertThat(calls.call("runs", "--prune", "0").out()).isEqualTo("deleted 0 runs\n");
    }

    @Test
    void runs_that_are_deleted_take_also_work_with_them_that_is_nowhere_else_when_that_is_said() throws Exception {
        repository();
        inTheMiddle();
        assertThat(calls.call("runs", "--unmerged").err()).contains("add --prune DAYS");
        assertThat(calls.call("runs", "--prune", "0", "--unmerged").out()).isEqualTo("deleted 1 run\n");
        assertThat(branches()).isEmpty();
    }

    @Test
    void a_run_whose_worktree_cannot_be_cleared_stays_and_that_is_told_also_to_programs() throws Exception {
        repository();
        inTheMiddle();
        Path known = calls.folder().resolve(".git/worktrees/code/gitdir");
        String place = Files.readString(known);
        Files.writeString(known, "/elsewhere/.git\n");
        Said said = calls.call("runs", "--prune", "0");
        assertThat(said.exit()).as(said.err()).isEqualTo(1);
        assertThat(said.out()).contains("deleted 0 runs", "could not be cleared", "git worktree repair");
        assertThat(calls.call("runs").out()).contains("cancelled");
        Said told = calls.call("runs", "--prune", "0", "--json");
        assertThat(told.exit()).isEqualTo(1);
        assertThat(told.out())
                .startsWith("{\"v\":1,\"deleted\":[],\"branches\":[{")
                .contains("does not know");
        Files.writeString(known, place);
        Said again = calls.call("runs", "--prune", "0", "--json");
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(again.out()).contains("\"files\":[\"a.py\"],\"trouble\":null", "\"leftAlone\":[]");
        assertThat(again.out().lines()).hasSize(1);
        assertThat(calls.call("runs").out()).contains("nothing was run here");
    }

    @Test
    void runs_stay_while_the_refs_of_their_repository_cannot_be_read() throws Exception {
        repository();
        inTheMiddle();
        Path packed = Files.writeString(calls.folder().resolve(".git/packed-refs"), "no refs\n");
        Said said = calls.call("runs", "--prune", "0");
        assertThat(said.exit()).as(said.err()).isEqualTo(1);
        assertThat(said.out()).contains("deleted 0 runs", "could not be cleared", "packed-refs");
        Files.delete(packed);
        assertThat(calls.call("runs", "--prune", "0").out()).contains("deleted 1 run");
    }

    @Test
    void runs_that_are_deleted_in_a_copy_of_a_repository_leave_the_original_alone() throws Exception {
        repository();
        inTheMiddle();
        Path copy = Files.createDirectories(calls.folder().resolveSibling("copy/.yardmaster"));
        Files.createDirectories(copy.resolveSibling(".git"));
        Files.copy(calls.folder().resolve(".yardmaster/runs.db"), copy.resolve("runs.db"));
        Said said = calls.in("../copy").call("runs", "--prune", "0", "--unmerged");
        assertThat(said.out())
                .contains(
                        "deleted 1 run",
                        "left alone",
                        calls.folder().getFileName().toString());
        assertThat(branches()).endsWith("/code\n");
        assertThat(calls.folder().resolve(".yardmaster/worktrees"))
                .isDirectoryContaining(file -> !file.getFileName().toString().equals(".gitignore"));
    }
}
