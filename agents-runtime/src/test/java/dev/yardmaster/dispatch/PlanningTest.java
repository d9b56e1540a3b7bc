package dev.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.agent.Transcript;
import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.RunStatus;
import dev.yardmaster.graph.State;
import dev.yardmaster.journal.MemoryJournal;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.model.ScriptedReply;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.RunView;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PlanningTest {

    static final AgentCatalog TEAM = AgentCatalog.builder()
            .definitions(List.of(
                    thinker("database-tuner", "Makes slow SQL queries and indexes fast."),
                    thinker("query-reader", "Says how a query is run."),
                    thinker("copy-editor", "Mends spelling and style of prose."),
                    thinker("release-notes", "Writes release notes.")))
            .build();

    static AgentDefinition thinker(String name, String description) {
        return AgentDefinition.of(name, description, "You work.").withTools();
    }

    static final Subtask TUNE = subtask("tune", "Make the slow SQL query fast", Optional.empty());
    static final Subtask EDIT = subtask("edit", "Mend the spelling of the page", Optional.of("copy-editor"));
    static final Subtask NOTES = subtask("notes", "Write it up", Optional.of("release-notes"), "tune", "edit");

    static Subtask subtask(String id, String task, Optional<String> specialist, String... after) {
        return new Subtask(id, task, specialist, List.of(after), List.of(id + " is right"), List.of(id));
    }

    static String proposed(Subtask... subtasks) {
        return Json.of(Map.of("subtasks", List.of(subtasks))).text();
    }

    @TempDir
    Path workspace;

    final MemoryJournal journal = new MemoryJournal();

    Outcome run(ScriptedModel script, PlanOptions options) throws InterruptedException {
        AgentRuntime runtime = AgentRuntime.builder()
                .catalog(TEAM)
                .model(script)
                .workspace(workspace)
                .build();
        try (var orchestrator = Orchestrator.builder().journal(journal).build()) {
            return orchestrator
                    .start(Dispatcher.lexical(runtime).planned(options), State.of(Dispatcher.TASK, "Ship it"))
                    .await();
        }
    }

    Outcome run(ScriptedModel script) throws InterruptedException {
        return run(script, PlanOptions.defaults());
    }

    static State completed(Outcome outcome) {
        assertThat(outcome).as(() -> outcome.view().failures().toString()).isInstanceOf(Outcome.Completed.class);
        return ((Outcome.Completed) outcome).state();
    }

    static List<String> visited(Outcome outcome) {
        return outcome.view().visited();
    }

    /** What an agent was asked when it worked last. */
    static String asked(RunView view, String agent) {
        return Transcript.allOf(view).stream()
                .filter(each -> each.agent().equals(agent))
                .flatMap(each -> each.messages().stream())
                .filter(Message.User.class::isInstance)
                .map(message -> ((Message.User) message).text())
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    static final ScriptedModel TEAMWORK = ScriptedModel.replies("planner", proposed(TUNE, EDIT, NOTES))
            .and("database-tuner", "An index helps.")
            .and("copy-editor", "Three typos are gone.")
            .and("release-notes", "Faster, and without typos.")
            .and("reporter", "All is done.");

    @Nested
    class A_goal_of_several_parts {
        @Test
        void is_planned_routed_worked_on_and_summed_up() throws Exception {
            var outcome = run(TEAMWORK);
            State state = completed(outcome);

            assertThat(state.get(Planning.SUMMARY)).isEqualTo("All is done.");
            assertThat(Planning.undone(state)).isEmpty();
            assertThat(state.get(Planning.ATTEMPTS))
                    .extracting(Attempt::subtask)
                    .containsExactlyInAnyOrder("tune", "edit", "notes");
            RoutedPlan plan = state.get(Planning.PLAN);
            assertThat(plan.subtasks())
                    .extracting(each -> each.candidates().getFirst())
                    .containsExactly("database-tuner", "copy-editor", "release-notes");
            assertThat(visited(outcome))
                    .startsWith("plan", "check", "work/begin")
                    .contains("work/tune", "work/edit", "work/notes")
                    .endsWith("review", "report");
        }

        @Test
        void tells_a_specialist_its_part_what_came_before_and_nothing_of_the_others() throws Exception {
            RunView view = run(TEAMWORK).view();
            assertThat(asked(view, "release-notes"))
                    .contains("Write it up", "notes is right", "An index helps.", "Three typos are gone.", "Ship it");
            assertThat(asked(view, "copy-editor")).contains("Mend the spelling").doesNotContain("An index helps.");
            assertThat(asked(view, "planner")).contains("Ship it", "- copy-editor: Mends spelling and style of prose.");
        }

        @Test
        void that_one_specialist_can_do_is_not_split_and_costs_no_summary() throws Exception {
            var outcome =
                    run(ScriptedModel.replies("planner", proposed(EDIT)).and("copy-editor", "Three typos are gone."));
            assertThat(completed(outcome).get(Planning.SUMMARY)).isEqualTo("Three typos are gone.");
        }
    }

    @Nested
    class A_plan_that_cannot_be_run {
        @Test
        void goes_back_to_the_planner_with_what_is_wrong() throws Exception {
            Subtask unknown = subtask("edit", "Mend the page", Optional.of("copy-edtor"));
            var script = ScriptedModel.replies("copy-editor", "Mended.")
                    .when("planner", "cannot be run", proposed(EDIT))
                    .and("planner", proposed(unknown))
                    .and("reporter", "Mended, they say.");
            var outcome = run(script);
            assertThat(completed(outcome).get(Planning.OBJECTIONS))
                    .singleElement()
                    .satisfies(objection -> {
                        assertThat(objection.kind()).isEqualTo(Objection.Kind.CHECK);
                        assertThat(objection.text())
                                .contains("subtask 'edit'", "copy-edtor", "did you mean 'copy-editor'");
                    });
            assertThat(asked(outcome.view(), "planner")).contains("did you mean 'copy-editor'");
        }

        @Test
        void with_a_circle_is_refused_before_anybody_is_looked_for() throws Exception {
            var circle = proposed(
                    subtask("tune", "Tune", Optional.empty(), "edit"),
                    subtask("edit", "Edit", Optional.empty(), "tune"));
            var outcome = run(ScriptedModel.replies("planner", circle, circle, circle));
            assertThat(outcome.view().failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.message()).contains("wait for each other"));
        }

        @Test
        void ends_the_run_when_the_planner_does_not_mend_it() throws Exception {
            var outcome = run(
                    ScriptedModel.replies("planner", proposed(TUNE, EDIT, NOTES)),
                    PlanOptions.defaults().withMaxSubtasks(2));
            assertThat(visited(outcome)).containsExactly("plan", "check", "plan#2", "check#2", "plan#3", "check#3");
            assertThat(outcome.view().failures()).singleElement().satisfies(failure -> {
                assertThat(failure.kind()).isEqualTo("invalid-plan");
                assertThat(failure.message()).contains("3 subtasks and may have 2");
            });
        }
    }

    @Nested
    class A_subtask_that_fails {
        static final ScriptedReply SAME = ScriptedReply.call("Nothing", Map.of());

        /** Goes in circles until it is stopped. */
        static final ScriptedReply[] CIRCLES = {SAME, SAME, SAME, SAME, SAME, SAME, SAME};

        @Test
        void goes_to_the_next_candidate_who_is_told() throws Exception {
            var script = ScriptedModel.replies("planner", proposed(TUNE))
                    .and("database-tuner", CIRCLES)
                    .and("query-reader", "It was the join.");
            var outcome = run(script);
            State state = completed(outcome);
            assertThat(state.get(Planning.ATTEMPTS))
                    .extracting(Attempt::status)
                    .containsExactly(Attempt.Status.FAILED, Attempt.Status.DONE);
            assertThat(visited(outcome)).contains("work/tune", "work/tune#2");
            assertThat(asked(outcome.view(), "query-reader"))
                    .contains("database-tuner tried this and was stopped", "Look at what is there already");
            assertThat(state.get(Planning.SUMMARY)).isEqualTo("It was the join.");
        }

        @Test
        void with_all_its_candidates_lets_the_plan_be_revised_once_and_skips_what_needs_it() throws Exception {
            var script = ScriptedModel.replies("release-notes", "Noted.")
                    .when(
                            "planner",
                            "was not done",
                            proposed(subtask("notes", "Say why", Optional.of("release-notes"))))
                    .and("planner", proposed(TUNE, EDIT, NOTES))
                    .and("database-tuner", CIRCLES)
                    .and("query-reader", CIRCLES)
                    .and("copy-editor", "Three typos are gone.")
                    .and("reporter", "One part is missing.");
            var outcome = run(script);
            State state = completed(outcome);
            assertThat(state.get(Planning.ATTEMPTS))
                    .extracting(each -> each.round() + " " + each.subtask() + " " + each.status())
                    .containsExactlyInAnyOrder(
                            "1 tune FAILED", "1 tune FAILED", "1 edit DONE", "1 notes SKIPPED", "2 notes DONE");
            assertThat(asked(outcome.view(), "planner")).contains("# Done already", "Three typos are gone.");
            assertThat(state.get(Planning.SUMMARY)).isEqualTo("One part is missing.");
            assertThat(Planning.undone(state)).isEmpty();
        }

        @Test
        void for_good_is_said_in_the_end() throws Exception {
            var script = ScriptedModel.replies("planner", proposed(TUNE))
                    .and("database-tuner", CIRCLES)
                    .and("query-reader", CIRCLES)
                    .and("reporter", "It could not be done.");
            State state = completed(run(script, PlanOptions.defaults().withRevisions(0)));
            assertThat(Planning.undone(state)).extracting(Attempt::subtask).containsExactly("tune");
        }
    }

    @Nested
    class Approval {
        @Test
        void is_asked_for_before_anything_is_done_and_shows_the_plan() throws Exception {
            var outcome = run(TEAMWORK, PlanOptions.defaults().withApproval());
            assertThat(outcome).isInstanceOf(Outcome.Suspended.class);
            assertThat(visited(outcome)).containsExactly("plan", "check");
            assertThat(outcome.view().questions().values()).singleElement().satisfies(question -> {
                assertThat(question.text()).isEqualTo("Run this plan of 3 parts?");
                assertThat(question.choices()).containsExactly("run", "revise", "stop");
                assertThat(question.details().get("text"))
                        .contains(
                                "1. tune · database-tuner", "3. notes · release-notes (only reads) · after tune, edit");
                assertThat(question.details().get("text")).contains("flowchart TD", "tune#58;database-tuner");
            });
        }

        @Test
        void given_in_another_process_lets_the_plan_run() throws Exception {
            Outcome asked = run(TEAMWORK, PlanOptions.defaults().withApproval());
            var runtime = AgentRuntime.builder()
                    .catalog(TEAM)
                    .model(TEAMWORK)
                    .workspace(workspace)
                    .build();
            var later = journal.another();
            try (var orchestrator = Orchestrator.builder().journal(later).build()) {
                String id = asked.view().questions().keySet().iterator().next();
                orchestrator.answer(asked.view().id(), new Answer(id, "run", "", "mia"));
                var outcome = orchestrator
                        .resume(
                                asked.view().id(),
                                Dispatcher.lexical(runtime)
                                        .planned(PlanOptions.defaults().withApproval()))
                        .await();
                assertThat(completed(outcome).get(Planning.SUMMARY)).isEqualTo("All is done.");
            }
        }

        @Test
        void refused_ends_the_run_and_names_who_refused() throws Exception {
            assertThat(answered("stop", "too dear").failures()).singleElement().satisfies(failure -> {
                assertThat(failure.kind()).isEqualTo("plan-rejected");
                assertThat(failure.message()).contains("mia: too dear");
            });
        }

        @Test
        void with_a_wish_lets_the_plan_be_made_anew() throws Exception {
            RunView view = answered("revise", "without the notes");
            assertThat(asked(view, "planner")).contains("without the notes");
        }

        private RunView answered(String choice, String reason) throws InterruptedException {
            var runtime = AgentRuntime.builder()
                    .catalog(TEAM)
                    .model(TEAMWORK)
                    .workspace(workspace)
                    .build();
            try (var orchestrator = Orchestrator.builder()
                    .responder((run, id, question) -> Optional.of(
                                    new Answer(id, question.choices().contains(choice) ? choice : "", reason, "mia"))
                            .filter(answer -> !id.startsWith("check#2")))
                    .build()) {
                var outcome = orchestrator
                        .start(
                                Dispatcher.lexical(runtime)
                                        .planned(PlanOptions.defaults().withApproval()),
                                State.of(Dispatcher.TASK, "Ship it"))
                        .await();
                assertThat(outcome.view().status()).isIn(RunStatus.FAILED, RunStatus.SUSPENDED);
                return outcome.view();
            }
        }
    }
}
