package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.Usage;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.journal.MemoryJournal;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.RunOptions;
import dev.yardmaster.run.RunView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents that work for agents, and agents that ask a person. */
@Timeout(60)
class HandOffTest {

    static final Channel<String> TASK = Channel.of("task", String.class);
    static final Channel<AgentResult> RESULT = Channel.of("result", AgentResult.class);
    static final RunId RUN = new RunId("run");

    static final AgentDefinition LEAD =
            AgentDefinition.of("lead", "Leads", "You lead.").withTools("Task", "Read");
    static final AgentDefinition BUILDER =
            AgentDefinition.of("builder", "Builds things", "You build.").withTools("Write", "Bash", "Task");
    static final AgentDefinition READER =
            AgentDefinition.of("reader", "Reads things", "You read.").withTools("Read", "AskUserQuestion");

    @TempDir
    Path workspace;

    AgentRuntime runtime(String script, Policy policy, AgentDefinition... team) {
        return AgentRuntime.builder()
                .catalog(AgentCatalog.builder().definitions(List.of(team)).build())
                .model(ScriptedModel.parse(
                        "version: 1\nusage: {input: 10, output: 1}\nagents:\n" + script.indent(2), "s"))
                .workspace(workspace)
                .retries(RetryPolicy.none())
                .policy(policy)
                .build();
    }

    static Graph graph(AgentRuntime runtime) {
        return Graph.builder("g")
                .channels(TASK, RESULT)
                .node("work", runtime.agent("lead").reads(TASK).writes(RESULT))
                .start("work")
                .build();
    }

    Outcome run(String script, Policy policy, AgentDefinition... team) throws InterruptedException {
        try (var orchestrator = Orchestrator.inMemory()) {
            return orchestrator
                    .start(graph(runtime(script, policy, team)), State.of(TASK, "Lead it"))
                    .await();
        }
    }

    Outcome run(String script) throws InterruptedException {
        return run(script, Policy.acceptEdits(), LEAD, BUILDER, READER);
    }

    static AgentResult result(Outcome outcome) {
        assertThat(outcome).as(() -> outcome.view().failures().toString()).isInstanceOf(Outcome.Completed.class);
        return ((Outcome.Completed) outcome).state().get(RESULT);
    }

    static String hand(String name, String prompt) {
        return "{Task: {description: a part, subagent_type: " + name + ", prompt: \"" + prompt + "\"}}";
    }

    /** What the lead was told of its calls. */
    static List<String> told(RunView view) {
        return Transcript.lastOf(view).orElseThrow().messages().stream()
                .filter(Message.ToolOutput.class::isInstance)
                .map(message -> ((Message.ToolOutput) message).text())
                .toList();
    }

    static final String BUILT = """
            lead:
              - call: %s
              - say: Done.
            builder:
              - call: {Write: {file_path: a.txt, content: built}}
              - say: I built a.txt.
            """.formatted(hand("builder", "Build a.txt"));

    @Nested
    class A_subtask {
        @Test
        void is_done_by_the_colleague_who_was_named_and_its_last_words_come_back() throws Exception {
            Outcome outcome = run(BUILT);
            assertThat(told(outcome.view())).containsExactly("I built a.txt.");
            assertThat(Files.readString(workspace.resolve("a.txt"))).isEqualTo("built");
            assertThat(Transcript.allOf(outcome.view()))
                    .extracting(each -> each.agent() + " " + each.scope())
                    .containsExactly("lead ", "builder turn/1/call/1/colleague/");
        }

        @Test
        void counts_into_what_the_caller_used_up() throws Exception {
            Outcome outcome = run(BUILT);
            assertThat(result(outcome).usage())
                    .isEqualTo(new Usage(40, 4))
                    .isEqualTo(outcome.view().usage());
        }

        @Test
        void is_told_alone_to_somebody_who_knows_nothing_else() throws Exception {
            Transcript builder = Transcript.allOf(run(BUILT).view()).get(1);
            assertThat(builder.messages().get(1)).isEqualTo(Message.User.of("Build a.txt"));
            assertThat(builder.messages().toString()).doesNotContain("Lead it");
        }

        @Test
        void can_be_handed_to_those_the_caller_is_told_of() throws Exception {
            String system = Transcript.allOf(run(BUILT).view())
                    .getFirst()
                    .messages()
                    .getFirst()
                    .toString();
            assertThat(system).contains("# Your colleagues", "- builder: Builds things", "- reader: Reads things");
            assertThat(system).doesNotContain("- lead");
        }

        @Test
        void for_somebody_who_is_not_there_comes_back_with_those_who_are() throws Exception {
            Outcome outcome = run("lead:\n  - call: " + hand("bilder", "x") + "\n  - say: Done.\n");
            assertThat(told(outcome.view()))
                    .singleElement()
                    .asString()
                    .contains("no colleague 'bilder'", "did you mean 'builder'?", "builder, reader");
        }

        @Test
        void that_ends_badly_is_told_and_ends_nobody_else() throws Exception {
            Outcome outcome = run("""
                    lead:
                      - call: [%s, %s]
                      - say: Done.
                    builder:
                      - say: Built.
                    """.formatted(hand("reader", "x"), hand("builder", "y")));
            assertThat(told(outcome.view()).getFirst()).contains("agent 'reader' did not come to an end", "no replies");
            assertThat(told(outcome.view()).get(1)).isEqualTo("Built.");
            assertThat(result(outcome).text()).isEqualTo("Done.");
        }

        @Test
        void goes_only_to_those_that_the_file_names_in_brackets() throws Exception {
            Outcome outcome = run(
                    "lead:\n  - call: " + hand("builder", "x") + "\n  - say: Done.\n",
                    Policy.acceptEdits(),
                    LEAD.withTools("Task(reader)"),
                    BUILDER,
                    READER);
            assertThat(told(outcome.view()))
                    .singleElement()
                    .asString()
                    .contains("no colleague 'builder'", "there are reader");
        }

        @Test
        void goes_three_deep_and_no_deeper() throws Exception {
            var team = new AgentDefinition[] {LEAD, BUILDER, named("second"), named("third"), named("fourth")};
            Outcome outcome = run(
                    """
                    lead:
                      - call: %s
                      - say: Done.
                    second:
                      - call: %s
                      - say: "2"
                    third:
                      - call: %s
                      - say: "3"
                    fourth:
                      - call: %s
                      - say: "4"
                    """.formatted(hand("second", "x"), hand("third", "x"), hand("fourth", "x"), hand("builder", "x")),
                    Policy.acceptEdits(),
                    team);
            List<Transcript> all = Transcript.allOf(outcome.view());
            assertThat(all).extracting(Transcript::agent).containsExactly("lead", "second", "third", "fourth");
            assertThat(all.getLast().messages().toString()).contains("there is no tool 'Task'");
        }

        private static AgentDefinition named(String name) {
            return AgentDefinition.of(name, name, "You work.").withTools("Task", "Read");
        }
    }

    @Nested
    class A_colleague {
        @Test
        void may_do_no_more_than_its_caller() throws Exception {
            var planning = LEAD.withPermissionMode("plan");
            Outcome outcome = run(BUILT, Policy.acceptEdits(), planning, BUILDER);
            assertThat(workspace.resolve("a.txt")).doesNotExist();
            assertThat(Transcript.allOf(outcome.view()).get(1).messages().toString())
                    .contains("nothing is changed in mode plan");
        }

        @Test
        void asks_for_what_it_may_not_do_without_asking() throws Exception {
            Outcome outcome = run(BUILT, Policy.of(Mode.DEFAULT), LEAD, BUILDER);
            assertThat(outcome).isInstanceOf(Outcome.Suspended.class);
            assertThat(outcome.view().questions().values())
                    .singleElement()
                    .satisfies(question -> assertThat(question.text()).contains("builder wants to change"));
        }

        @Test
        void that_a_rule_denies_is_not_asked() throws Exception {
            Outcome outcome =
                    run(BUILT, Policy.acceptEdits().with(Rule.deny("Agent(builder)", "test")), LEAD, BUILDER, READER);
            assertThat(told(outcome.view())).singleElement().asString().contains("Agent(builder)");
            assertThat(workspace.resolve("a.txt")).doesNotExist();
        }

        @Test
        void does_not_ask_the_person_questions_of_its_own() throws Exception {
            Outcome outcome = run("""
                    lead:
                      - call: %s
                      - say: Done.
                    reader:
                      - call: {AskUserQuestion: {questions: [{question: "Which?", options: [{label: a}, {label: b}]}]}}
                      - say: Nobody told me.
                    """.formatted(hand("reader", "x")));
            assertThat(Transcript.allOf(outcome.view()).get(1).messages().toString())
                    .contains("there is no tool 'AskUserQuestion'");
        }
    }

    /** Cuts the journal after each entry and lets another process go on. */
    @Test
    void a_subtask_goes_on_wherever_its_process_died_and_nothing_in_it_is_done_twice() throws Exception {
        AgentRuntime runtime = runtime(BUILT, Policy.acceptEdits(), LEAD, BUILDER);
        List<Entry> all;
        try (var orchestrator = Orchestrator.inMemory()) {
            all = orchestrator
                    .start(
                            graph(runtime),
                            State.of(TASK, "Lead it"),
                            RunOptions.defaults().withId(RUN))
                    .await()
                    .view()
                    .entries()
                    .stream()
                    .map(RunEvent.Recorded::entry)
                    .toList();
        }
        for (int end = 1; end < all.size(); end++) {
            var store = new MemoryJournal();
            store.create(RUN, all.subList(0, end));
            store.lapse();
            boolean written = all.subList(0, end).stream()
                    .anyMatch(entry -> entry.fact() instanceof Fact.StepFinished step
                            && step.step().equals("turn/1/call/1/colleague/turn/1/call/1"));
            Path file = workspace.resolve("a.txt");
            Files.deleteIfExists(file);
            if (written) {
                Files.writeString(file, "built");
            }
            long before = written ? Files.getLastModifiedTime(file).toMillis() : 0;
            try (var orchestrator =
                    Orchestrator.builder().journal(store.another()).build()) {
                Outcome outcome = orchestrator.resume(RUN, graph(runtime)).await();
                assertThat(told(outcome.view())).as("after entry " + end).containsExactly("I built a.txt.");
                assertThat(result(outcome).usage()).as("after entry " + end).isEqualTo(new Usage(40, 4));
                assertThat(Files.readString(file)).isEqualTo("built");
                if (written) {
                    assertThat(Files.getLastModifiedTime(file).toMillis()).isEqualTo(before);
                }
            }
        }
    }

    @Nested
    class A_question_of_an_agent {
        static final String ASKING = """
                lead:
                  - call: {AskUserQuestion: {questions: [
                      {question: "Which database?", options: [{label: SQLite, description: a file}, {label: Postgres}]},
                      {question: "Which checks?", multiSelect: true, options: [{label: unit}, {label: style}]}]}}
                  - say: Done.
                """;
        static final AgentDefinition ASKER = LEAD.withTools("AskUserQuestion");

        @Test
        void is_one_of_the_run_and_its_answers_come_back() throws Exception {
            var asked = new ArrayList<String>();
            try (var orchestrator = Orchestrator.builder()
                    .responder((run, id, question) -> {
                        asked.add(question.text() + " " + question.choices());
                        return Optional.of(new Answer(
                                id, question.choices().isEmpty() ? "unit, style" : "SQLite", "it is enough", "mia"));
                    })
                    .build()) {
                Outcome outcome = orchestrator
                        .start(graph(runtime(ASKING, Policy.acceptEdits(), ASKER)), State.of(TASK, "x"))
                        .await();
                assertThat(asked)
                        .containsExactly(
                                "Which database? [SQLite, Postgres, none of these]",
                                "Which checks?\nOne or more of: unit, style, none of these []");
                assertThat(told(outcome.view()))
                        .containsExactly(
                                "The person answered:\nWhich database? → SQLite (it is enough)\nWhich checks? →"
                                        + " unit, style (it is enough)");
            }
        }

        @Test
        void waits_for_another_process() throws Exception {
            var store = new MemoryJournal();
            AgentRuntime runtime = runtime(ASKING, Policy.acceptEdits(), ASKER);
            try (var orchestrator = Orchestrator.builder().journal(store).build()) {
                Outcome outcome = orchestrator
                        .start(
                                graph(runtime),
                                State.of(TASK, "x"),
                                RunOptions.defaults().withId(RUN))
                        .await();
                assertThat(outcome).isInstanceOf(Outcome.Suspended.class);
            }
            try (var orchestrator = Orchestrator.builder()
                    .journal(store.another())
                    .responder((run, id, question) ->
                            Optional.of(new Answer(id, question.choices().isEmpty() ? "style" : "Postgres", "", "ben")))
                    .build()) {
                Outcome outcome = orchestrator.resume(RUN, graph(runtime)).await();
                assertThat(told(outcome.view()))
                        .containsExactly("The person answered:\nWhich database? → Postgres\nWhich checks? → style");
            }
        }
    }
}
