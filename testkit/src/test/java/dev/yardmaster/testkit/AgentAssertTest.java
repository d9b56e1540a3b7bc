package dev.yardmaster.testkit;

import static dev.yardmaster.testkit.RunAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yardmaster.agent.AgentRuntime;
import dev.yardmaster.agent.AgentRuntimeBuilder;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.model.ScriptedReply;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.permission.Rule;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AgentAssertTest {

    private static final Channel<String> TASK = Channel.of("task", String.class);
    private static final AgentDefinition WORKER = AgentDefinition.of("worker", "Works", "You work.");

    private final TestWorkspace workspace = TestWorkspace.temporary().file("notes/a.txt", "one\n");

    @AfterEach
    void remove() {
        workspace.close();
    }

    private Outcome run(AgentDefinition agent, Model model) throws InterruptedException {
        AgentRuntimeBuilder runtime = AgentRuntime.builder()
                .agents(agent)
                .workspace(workspace.root())
                .policy(Policy.of(Mode.DONT_ASK).with(Rule.allow("Bash(true)", "test")))
                .model(model);
        Graph graph = Graph.builder("test")
                .channels(TASK)
                .node("work", runtime.build().agent("worker").reads(TASK))
                .start("work")
                .build();
        try (var orchestrator = Orchestrator.inMemory()) {
            return orchestrator.start(graph, State.of(TASK, "do it")).await();
        }
    }

    private Outcome worked() throws InterruptedException {
        return run(
                WORKER,
                ScriptedModel.replies(
                                "worker",
                                ScriptedReply.call("Read", Map.of("file_path", "notes/a.txt"))
                                        .andCall("Wriet", Map.of())
                                        .andCall("Bash", Map.of("command", "touch x")),
                                ScriptedReply.call("Bash", Map.of("command", "true")),
                                ScriptedReply.say("It says one."))
                        .usage(30, 5));
    }

    private static void fails(ThrowingCallable assertion, String... parts) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContainingAll(parts);
    }

    @Test
    void calls_are_told_by_what_became_of_them() throws Exception {
        Outcome outcome = worked();
        assertThat(outcome).completed().usedAtMostTokens(105);
        assertThat(outcome)
                .agent("worker")
                .calledTool("Read")
                .calledTool("bash", "true")
                .calledTools("Read", "Bash")
                .didNotCall("Write", "Wriet")
                .wasDenied("Bash")
                .said("says one")
                .tookTurns(3);
        assertThat(outcome).agentAt("work").calls().hasSize(4);
        assertThat(workspace.files()).containsExactly("notes/a.txt");
    }

    @Test
    void every_failure_lists_the_calls() throws Exception {
        Outcome outcome = worked();
        String[] calls = {
            "Its tool calls:",
            "1.1 Read {\"file_path\":\"notes/a.txt\"}: ran",
            "1.2 Wriet {}: Rejected: there is no tool 'Wriet'",
            "1.3 Bash {\"command\":\"touch x\"}: Rejected: not permitted",
            "2.1 Bash {\"command\":\"true\"}: ran"
        };
        fails(() -> assertThat(outcome).agent("worker").calledTool("Edit"), calls);
        fails(() -> assertThat(outcome).agent("worker").calledTool("Bash", "touch"), "called Bash with 'touch'");
        fails(() -> assertThat(outcome).agent("worker").calledTools("Read"), calls);
        fails(() -> assertThat(outcome).agent("worker").didNotCall("Read"), "called none of [Read]");
        fails(() -> assertThat(outcome).agent("worker").wasDenied("Wriet"), "have been denied a call of Wriet");
        fails(() -> assertThat(outcome).agent("worker").wasDeniedNothing(), "have been denied nothing");
        fails(() -> assertThat(outcome).agent("worker").said("two"), "but it said: It says one.");
        fails(() -> assertThat(outcome).agent("worker").tookTurns(2), "taken 2 turns, but it took 3");
        fails(() -> assertThat(outcome).usedAtMostTokens(104), "at most 104 tokens, but it used 105");
        fails(() -> assertThat(outcome).agent("critic"), "there were [worker]");
    }

    @Test
    void a_checklist_counts_when_all_of_it_is_shown() throws Exception {
        String open = """
                {"checklist": [{"item": 1, "verdict": "open", "note": "no time"}]}""";
        var careful = WORKER.withChecklist("Tests written");
        Outcome undone = run(careful, ScriptedModel.replies("worker", "Done.", open, open, open));
        fails(() -> assertThat(undone).agent("worker").checklistIsDone(), "open are", "Tests written", "no time");

        Outcome done = run(careful, ScriptedModel.replies("worker", "Done.", """
                {"checklist": [{"item": 1, "verdict": "not_applicable", "note": "no code"}]}"""));
        assertThat(done).agent("worker").checklistIsDone().wasDeniedNothing();

        Outcome without = run(WORKER, ScriptedModel.replies("worker", "Done."));
        fails(
                () -> assertThat(without).agent("worker").checklistIsDone(),
                "it gave no report",
                "It made no tool calls");
    }

    @Test
    void what_a_model_was_asked_is_remembered() throws Exception {
        var model = RecordingModel.of(ScriptedModel.replies("worker", "Done."));
        assertThat(run(WORKER, model)).completed();
        assertThat(model.scripted()).isTrue();
        assertThat(model.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.messages())
                        .filteredOn(Message.User.class::isInstance)
                        .extracting(message -> ((Message.User) message).text())
                        .containsExactly("do it"));
    }
}
