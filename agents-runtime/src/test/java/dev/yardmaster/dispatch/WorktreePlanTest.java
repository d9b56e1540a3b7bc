package dev.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.MemoryJournal;
import dev.yardmaster.journal.RunQuery;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.model.ScriptedReply;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.replay.Replay;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.RunOptions;
import dev.yardmaster.worktree.GitFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plans whose subtasks work in git worktrees. */
@Timeout(300)
class WorktreePlanTest {

    static final RunId RUN = new RunId("run");
    static final AgentCatalog TEAM = AgentCatalog.builder()
            .definitions(List.of(writer("coder"), writer("texter"), writer("tester"), reader()))
            .build();

    static AgentDefinition writer(String name) {
        return AgentDefinition.of(name, "Works as " + name + ".", "You work.").withTools("Read", "Write", "Edit");
    }

    static AgentDefinition reader() {
        return AgentDefinition.of("reviewer", "Reviews.", "You review.").withTools("Read");
    }

    static Subtask subtask(String id, String agent, String... after) {
        return PlanningTest.subtask(id, "Do " + id, Optional.of(agent), after);
    }

    static ScriptedReply write(String file, String text) {
        return ScriptedReply.call("Write", Map.of("file_path", file, "content", text));
    }

    static ScriptedReply read(String file) {
        return ScriptedReply.call("Read", Map.of("file_path", file));
    }

    static ScriptedReply say(String text) {
        return ScriptedReply.say(text);
    }

    static ScriptedReply shown() {
        return say("{\"checklist\": [{\"item\": 1, \"verdict\": \"done\", \"calls\": [\"1.1\"]}]}");
    }

    /** Two write at once, a third builds on both, and a reader looks at what the first has done. */
    static final ScriptedModel TEAMWORK = ScriptedModel.replies(
                    "planner",
                    PlanningTest.proposed(
                            subtask("code", "coder"),
                            subtask("text", "texter"),
                            subtask("test", "tester", "code", "text"),
                            subtask("look", "reviewer", "code")))
            .and("coder", write("code.txt", "code\n"), say("Coded."), shown())
            .and("texter", write("text.txt", "text\n"), say("Told."), shown())
            .and("tester", read("code.txt"), read("text.txt"), write("test.txt", "tested\n"), say("Tested."), shown())
            .and("reviewer", read("code.txt"), say("Seen."), shown())
            .and("reporter", "All is done.");

    @TempDir
    Path temporary;

    AgentRuntime runtime(Model model, Path workspace) {
        return AgentRuntime.builder()
                .catalog(TEAM)
                .model(model)
                .workspace(workspace)
                .policy(Policy.acceptEdits()
                        .with(Rule.deny("Edit(/secret/**)", "test").from(workspace)))
                .build();
    }

    Graph graph(Model model, Path workspace) {
        return Dispatcher.lexical(runtime(model, workspace))
                .planned(PlanOptions.defaults().withWorktrees());
    }

    static Outcome run(Graph graph, Journal journal) throws InterruptedException {
        try (var orchestrator = Orchestrator.builder().journal(journal).build()) {
            return orchestrator
                    .start(
                            graph,
                            State.of(Dispatcher.TASK, "Ship it"),
                            RunOptions.defaults().withId(RUN))
                    .await();
        }
    }

    Outcome run(Model model) throws InterruptedException {
        return run(graph(model, temporary), new MemoryJournal());
    }

    /** Replies to some agents only when all of them were asked: they have to work at the same time. */
    static Model meeting(ScriptedModel script, String... agents) {
        var barrier = new CyclicBarrier(agents.length);
        var waiting = new java.util.concurrent.ConcurrentSkipListSet<>(Set.of(agents));
        return new Model() {
            @Override
            public String name() {
                return "own:model";
            }

            @Override
            public ModelReply reply(ModelRequest request) {
                if (waiting.remove(request.agent())) {
                    try {
                        barrier.await(20, TimeUnit.SECONDS);
                    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                        throw new IllegalStateException("only " + request.agent() + " is at work", e);
                    }
                }
                return script.reply(request);
            }
        };
    }

    @Test
    void independent_subtasks_write_at_once_and_all_they_did_is_in_the_workspace_in_the_end() throws Exception {
        GitFolder repository = GitFolder.in(temporary);
        repository.write("mine.txt", "not committed\n");
        Outcome outcome = run(meeting(TEAMWORK, "coder", "texter"));
        State state = PlanningTest.completed(outcome);
        assertThat(state.get(Planning.ATTEMPTS)).allMatch(Attempt::isDone);
        assertThat(state.get(Planning.ATTEMPTS))
                .allSatisfy(attempt -> assertThat(attempt.open()).isEmpty()); // the tester has read what both wrote
        assertThat(repository.git("status", "--porcelain").lines())
                .containsExactlyInAnyOrder("?? code.txt", "?? text.txt", "?? test.txt", "?? mine.txt");
        assertThat(repository.leftovers()).isEmpty();
        assertThat(outcome.view().visited()).containsSubsequence("work/test", "merge", "review");
    }

    @Test
    void a_subtask_sees_what_those_did_that_it_comes_after_and_nothing_else() throws Exception {
        GitFolder.in(temporary);
        var script = ScriptedModel.replies(
                        "planner", PlanningTest.proposed(subtask("code", "coder"), subtask("text", "texter", "code")))
                .and("coder", write("code.txt", "code\n"), say("Coded."), shown())
                .and(
                        "texter",
                        read("code.txt").capture("code", "(cod.)"),
                        write("text.txt", "${code}\n"),
                        say("Told."),
                        shown())
                .and("reporter", "All is done.");
        PlanningTest.completed(run(script));
        assertThat(temporary.resolve("text.txt")).hasContent("code");
    }

    @Test
    void rules_about_paths_of_the_workspace_hold_in_worktrees() throws Exception {
        GitFolder.in(temporary).write("secret/key.txt", "key\n");
        var script = ScriptedModel.replies("planner", PlanningTest.proposed(subtask("code", "coder")))
                .and(
                        "coder",
                        write("secret/new.txt", "x"),
                        write(".git", "x"),
                        say("Tried."),
                        say("{}"),
                        say("{}"),
                        say("{}"))
                .and("reporter", "Nothing was done.");
        Outcome outcome = run(script);
        String seen = dev.yardmaster.agent.Transcript.allOf(outcome.view()).toString();
        assertThat(seen).contains("Edit(/secret/**)");
        assertThat(temporary.resolve("secret/new.txt")).doesNotExist();
        assertThat(outcome).isInstanceOf(Outcome.Suspended.class); // its .git is asked for
        assertThat(outcome.view().questions().values())
                .singleElement()
                .satisfies(
                        question -> assertThat(question.details().get("reason")).contains("'.git' is protected"));
    }

    @Test
    void what_conflicts_is_told_stays_on_its_branch_and_the_plan_is_made_anew() throws Exception {
        GitFolder repository = GitFolder.in(temporary);
        var script = ScriptedModel.replies("coder", write("same.txt", "coder\n"), say("Coded."), shown())
                .when("planner", "was not done", PlanningTest.proposed(subtask("together", "tester")))
                .and("planner", PlanningTest.proposed(subtask("code", "coder"), subtask("text", "texter")))
                .and("texter", write("same.txt", "texter\n"), say("Told."), shown())
                .and("tester", read("same.txt"), write("same.txt", "both\n"), say("Both are in."), shown())
                .and("reporter", "Both are in.");
        Outcome outcome = run(script);
        State state = PlanningTest.completed(outcome);
        assertThat(state.get(Planning.ATTEMPTS))
                .extracting(each -> each.round() + " " + each.subtask() + " " + each.status())
                .containsExactlyInAnyOrder("1 code DONE", "1 text DONE", "1 text CONFLICT", "2 together DONE");
        assertThat(PlanningTest.asked(outcome.view(), "planner"))
                .contains("conflicts with what was done here meanwhile in same.txt", "yardmaster/run/text");
        assertThat(repository.read("same.txt")).isEqualTo("both\n");
        assertThat(repository.git("show", "yardmaster/run/text:same.txt")).isEqualTo("texter");
        assertThat(repository.leftovers()).containsExactly("refs/heads/yardmaster/run/text");
    }

    @Test
    void what_was_not_finished_stays_on_its_branch_and_the_next_goes_on_from_it() throws Exception {
        GitFolder repository = GitFolder.in(temporary);
        ScriptedReply same = ScriptedReply.call("Nothing", Map.of());
        var script = ScriptedModel.replies(
                        "planner",
                        PlanningTest.proposed(PlanningTest.subtask("code", "Works as coder", Optional.of("coder"))))
                .and("coder", write("half.txt", "half\n"), same, same, same, same, same, same, same)
                .and("texter", read("half.txt"), write("half.txt", "whole\n"), say("Whole."), shown())
                .and("tester", read("half.txt"), write("half.txt", "whole\n"), say("Whole."), shown())
                .and("reporter", "Done.");
        State state = PlanningTest.completed(run(script));
        assertThat(state.get(Planning.ATTEMPTS))
                .extracting(Attempt::status)
                .containsExactly(Attempt.Status.FAILED, Attempt.Status.DONE);
        assertThat(repository.read("half.txt")).isEqualTo("whole\n");
        assertThat(repository.leftovers()).isEmpty();
    }

    @Test
    void a_replay_touches_nothing_and_comes_to_the_same() throws Exception {
        GitFolder.in(temporary);
        Outcome outcome = run(TEAMWORK);
        PlanningTest.completed(outcome);
        Files.delete(temporary.resolve("code.txt"));
        var replayed = Replay.of(outcome.view()).through(graph(TEAMWORK, temporary));
        assertThat(replayed.isSame()).as(replayed::toString).isTrue();
        assertThat(temporary.resolve("code.txt")).doesNotExist();
    }

    /** The process dies after each entry in turn, with whatever it did and had not recorded. */
    @Test
    void a_run_whose_process_died_anywhere_goes_on_and_merges_once() throws Exception {
        int lives = 1;
        while (diedAfter(lives)) {
            lives += 5;
        }
        assertThat(lives).isGreaterThan(20);
    }

    /** @return whether it died; not when it was done before */
    private boolean diedAfter(int lives) throws Exception {
        GitFolder repository = GitFolder.in(Files.createDirectory(temporary.resolve("died-" + lives)));
        var journal = new MemoryJournal();
        try {
            run(graph(TEAMWORK, repository.path()), DyingJournal.after(lives, journal));
            return false;
        } catch (YardmasterException e) {
            assertThat(e).hasMessageContaining("dead");
        }
        if (journal.runs(RunQuery.all()).getFirst().status().isEnd()) {
            return false;
        }
        journal.lapse();
        try (var orchestrator =
                Orchestrator.builder().journal(journal.another()).build()) {
            Outcome outcome =
                    orchestrator.resume(RUN, graph(TEAMWORK, repository.path())).await();
            String when = "after entry " + lives;
            assertThat(outcome)
                    .as(() -> when + ": " + outcome.view().failures())
                    .isInstanceOf(Outcome.Completed.class);
            assertThat(((Outcome.Completed) outcome).state().get(Planning.ATTEMPTS))
                    .as(when)
                    .hasSize(4)
                    .allMatch(Attempt::isDone);
            assertThat(repository.read("test.txt")).as(when).isEqualTo("tested\n");
            assertThat(repository.git("status", "--porcelain").lines())
                    .as(when)
                    .containsExactlyInAnyOrder("?? code.txt", "?? text.txt", "?? test.txt");
            assertThat(repository.leftovers()).as(when).isEmpty();
        }
        return true;
    }
}
