package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.run.RunOptions;
import dev.yardmaster.undo.Originals;
import dev.yardmaster.worktree.GitFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents that work in git worktrees because their file, or a call, says so. */
@Timeout(60)
class IsolatedAgentTest {

    static final Channel<String> TASK = Channel.of("task", String.class);
    static final Channel<AgentResult> RESULT = Channel.of("result", AgentResult.class);
    static final RunId RUN = new RunId("run");

    @TempDir
    Path temporary;

    private Path workspace;

    @BeforeEach
    void here() throws Exception {
        workspace = Files.createDirectory(temporary.resolve("ws"));
    }

    static AgentDefinition agent(String name, String tools) {
        return AgentDefinition.of(name, "Works as " + name, "You work.").withTools(tools.split(", "));
    }

    static AgentDefinition isolated(AgentDefinition agent) {
        return new AgentDefinition(
                agent.name(),
                agent.description(),
                agent.tools(),
                agent.disallowedTools(),
                agent.model(),
                agent.permissionMode(),
                agent.maxTurns(),
                agent.color(),
                agent.prompt(),
                agent.examples(),
                agent.checklist(),
                Map.of("isolation", "worktree"),
                agent.source(),
                agent.sha256());
    }

    Outcome run(String script, AgentDefinition... team) throws InterruptedException {
        return run(ScriptedModel.parse("version: 1\nagents:\n" + script.indent(2), "s"), team);
    }

    Outcome run(Model model, AgentDefinition... team) throws InterruptedException {
        AgentRuntime runtime = AgentRuntime.builder()
                .catalog(AgentCatalog.builder().definitions(List.of(team)).build())
                .model(model)
                .workspace(workspace)
                .originals(Originals.in(temporary.resolve("undo")))
                .retries(RetryPolicy.none())
                .policy(Policy.acceptEdits())
                .build();
        Graph graph = Graph.builder("g")
                .channels(TASK, RESULT)
                .node("work", runtime.agent(team[0].name()).reads(TASK).writes(RESULT))
                .start("work")
                .build();
        try (var orchestrator = Orchestrator.inMemory()) {
            return orchestrator
                    .start(graph, State.of(TASK, "Do it"), RunOptions.defaults().withId(RUN))
                    .await();
        }
    }

    static AgentResult result(Outcome outcome) {
        assertThat(outcome).as(() -> outcome.view().failures().toString()).isInstanceOf(Outcome.Completed.class);
        return ((Outcome.Completed) outcome).state().get(RESULT);
    }

    static String told(Outcome outcome) {
        return Transcript.allOf(outcome.view()).getFirst().messages().stream()
                .filter(Message.ToolOutput.class::isInstance)
                .map(message -> ((Message.ToolOutput) message).text())
                .reduce("", (one, other) -> one + "\n" + other);
    }

    static final String BUILDS = """
            builder:
              - call: {Write: {file_path: made.txt, content: "built\\n"}}
              - call: {Bash: {command: "pwd"}}
              - say: Built.
            """;

    @Test
    void whose_file_says_so_works_in_one_and_what_it_did_is_merged_and_can_be_undone() throws Exception {
        GitFolder repository = GitFolder.in(workspace);
        Outcome outcome = run(BUILDS, isolated(agent("builder", "Write, Bash")));
        assertThat(result(outcome).text()).startsWith("Built.").contains("is in the workspace now: made.txt");
        assertThat(told(outcome)).contains("/.yardmaster/worktrees/run/builder-");
        assertThat(Transcript.allOf(outcome.view())
                        .getFirst()
                        .messages()
                        .getFirst()
                        .toString())
                .contains("It is a git worktree of " + repository.path());
        assertThat(repository.read("made.txt")).isEqualTo("built\n");
        assertThat(repository.leftovers()).isEmpty();

        Originals.in(temporary.resolve("undo")).find(RUN).orElseThrow().apply(false);
        assertThat(repository.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void that_could_change_nothing_works_where_all_do() throws Exception {
        GitFolder.in(workspace);
        Outcome outcome = run(
                "reader:\n  - call: {Read: {file_path: a.txt}}\n  - say: Read.\n", isolated(agent("reader", "Read")));
        assertThat(result(outcome).text()).isEqualTo("Read.");
        assertThat(workspace.resolve(".yardmaster")).doesNotExist();
    }

    @Test
    void without_a_repository_does_not_work_at_all() throws Exception {
        Outcome outcome = run(BUILDS, isolated(agent("builder", "Write, Bash")));
        assertThat(outcome.view().failures()).singleElement().satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo("no-worktree");
            assertThat(failure.message()).contains("is in no git repository");
        });
        assertThat(workspace.resolve("made.txt")).doesNotExist();
    }

    static String apart(String agent) {
        return "{Agent: {description: a part, subagent_type: " + agent + ", isolation: worktree, prompt: do it}}";
    }

    @Test
    void that_a_call_wants_apart_write_at_once_and_their_caller_is_told_what_was_merged() throws Exception {
        GitFolder repository = GitFolder.in(workspace);
        Outcome outcome = run(
                "lead:\n  - call: [" + apart("builder") + ", " + apart("painter") + "]\n  - say: Done.\n" + BUILDS
                        + """
                        painter:
                          - call: {Write: {file_path: p.txt, content: "painted\\n"}}
                          - say: Painted.
                        """,
                agent("lead", "Agent, Read"),
                agent("builder", "Write, Bash"),
                agent("painter", "Write"));
        assertThat(told(outcome))
                .contains("Built.", "is in the workspace now: made.txt", "Painted.", "is in the workspace now: p.txt");
        assertThat(repository.read("p.txt")).isEqualTo("painted\n");
        assertThat(repository.leftovers()).isEmpty();
    }

    static final String SAME = """
            %s:
              - call: {Write: {file_path: same.txt, content: "%s\\n"}}
              - say: Written.
            """;

    @Test
    void whose_work_conflicts_leave_it_on_a_branch_and_their_caller_is_told() throws Exception {
        GitFolder repository = GitFolder.in(workspace);
        Outcome outcome = run(
                "lead:\n  - call: [" + apart("builder") + ", " + apart("painter") + "]\n  - say: Done.\n"
                        + SAME.formatted("builder", "builder") + SAME.formatted("painter", "painter"),
                agent("lead", "Agent, Read"),
                agent("builder", "Write"),
                agent("painter", "Write"));
        assertThat(told(outcome)).contains("is in the workspace now: same.txt", "conflicts with what was done here");
        assertThat(repository.leftovers()).singleElement().asString().startsWith("refs/heads/yardmaster/run/");
    }

    /** Whoever is first in a reply is asked again only when somebody else has said that he is done. */
    static Model late(ScriptedModel script, String first, String other) {
        var done = new CountDownLatch(1);
        return new Model() {
            @Override
            public String name() {
                return "own:model";
            }

            @Override
            public ModelReply reply(ModelRequest request) {
                if (request.agent().equals(first)) {
                    try {
                        done.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
                ModelReply reply = script.reply(request);
                if (request.agent().equals(other) && reply.message().calls().isEmpty()) {
                    done.countDown();
                }
                return reply;
            }
        };
    }

    @Test
    void are_merged_in_the_order_of_the_calls_whoever_is_done_first() throws Exception {
        GitFolder repository = GitFolder.in(workspace);
        var script = ScriptedModel.parse(
                "version: 1\nagents:\n"
                        + ("lead:\n  - call: [" + apart("builder") + ", " + apart("painter") + "]\n  - say: Done.\n"
                                        + SAME.formatted("builder", "builder") + SAME.formatted("painter", "painter"))
                                .indent(2),
                "s");
        Outcome outcome = run(
                late(script, "builder", "painter"),
                agent("lead", "Agent, Read"),
                agent("builder", "Write"),
                agent("painter", "Write"));
        result(outcome);
        assertThat(repository.read("same.txt")).isEqualTo("builder\n");
        assertThat(repository.leftovers()).singleElement().asString().contains("/painter-");
    }

    @Test
    void who_come_to_nothing_leave_what_they_did_on_a_branch() throws Exception {
        GitFolder repository = GitFolder.in(workspace);
        Outcome outcome = run(
                "lead:\n  - call: " + apart("builder") + "\n  - say: Done.\n"
                        + "builder:\n  - call: {Write: {file_path: made.txt, content: half}}\n",
                agent("lead", "Agent, Read"),
                agent("builder", "Write"));
        assertThat(told(outcome)).contains("did not come to an end", "was not finished and is not in the workspace");
        assertThat(repository.leftovers()).hasSize(1);
        assertThat(repository.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void of_a_call_where_there_is_no_repository_are_refused_with_the_reason() throws Exception {
        Outcome outcome = run(
                "lead:\n  - call: " + apart("builder") + "\n  - say: Done.\n" + BUILDS,
                agent("lead", "Agent, Read"),
                agent("builder", "Write, Bash"));
        assertThat(told(outcome)).contains("'builder' is to work in a worktree", "is in no git repository");
    }
}
