package dev.yardmaster.agent;

import dev.yardmaster.agent.ChecklistReport.Item;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Usage;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.model.ToolSchema;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolResult;
import dev.yardmaster.workspace.Workspace;
import java.util.List;
import java.util.Optional;

/**
 * A definition bound to a model, tools and a policy. Stateless: one agent may work on any number of tasks at once.
 */
final class Agent {

    private static final int MAX_TURNS = 100;
    private static final int MAX_CHECKLIST_ROUNDS = 3;

    private final AgentDefinition definition;
    private final Model model;
    private final Granted granted;
    private final Policy policy;
    private final Workspace workspace;
    private final GuardedCalls guarded;
    private final List<ToolSchema> schemas;

    Agent(
            AgentDefinition definition,
            Model model,
            Granted granted,
            Policy policy,
            Workspace workspace,
            GuardedCalls guarded) {
        this.definition = definition;
        this.model = model;
        this.granted = granted;
        this.policy = policy;
        this.workspace = workspace;
        this.guarded = guarded;
        this.schemas = granted.tools().tools().stream()
                .map(tool -> new ToolSchema(tool.name(), tool.description(), tool.parameters()))
                .toList();
    }

    /**
     * Works on a task until it is done. Blocks.
     *
     * @throws AgentStoppedException when it runs out of turns or goes in circles
     * @throws dev.yardmaster.model.ModelException when the model gives no reply and retries are used up
     */
    AgentResult work(String task, NodeContext context) throws Exception {
        context.step(AgentStep.agent(), AgentProfile.class, task, Effect.READ_ONLY, this::profile);
        return new Work(context).on(task);
    }

    AgentProfile profile() {
        return new AgentProfile(
                definition.name(),
                definition.source(),
                definition.sha256(),
                model.name(),
                model.scripted(),
                definition.color(),
                granted.names(),
                granted.missing(),
                policy.mode().name());
    }

    private String systemPrompt() {
        return definition.prompt().strip() + "\n\n# Where you work\n\nWorkspace: " + workspace.root()
                + "\nPaths may be absolute or relative to it. Nothing outside of it is yours to touch.\n";
    }

    /** One task's going-on: the transcript and what is counted along it. */
    private final class Work {

        private final NodeContext context;
        private final CallRunner calls;
        private final Transcript transcript = new Transcript();
        private final ChecklistGate gate = new ChecklistGate(definition.checklist());
        private int turn;
        private int toolCalls;
        private int round;
        private Usage usage = Usage.none();
        private Optional<String> text = Optional.empty();

        private Work(NodeContext context) {
            this.context = context;
            this.calls = new CallRunner(definition.name(), granted.tools(), policy, workspace, guarded, context);
        }

        AgentResult on(String task) throws Exception {
            transcript.add(new Message.System(systemPrompt()));
            transcript.add(Message.User.of(task));
            int limit = definition.maxTurns().orElse(MAX_TURNS);
            while (turn < limit) {
                turn++;
                Message.Assistant reply = reply();
                Optional<AgentResult> result = reply.calls().isEmpty() ? said(reply.text()) : did(reply.calls());
                if (result.isPresent()) {
                    return result.get();
                }
            }
            throw new AgentStoppedException("agent '" + definition.name() + "' was stopped after " + limit
                    + " turns without being done; give it a smaller task, or raise maxTurns in "
                    + definition.source());
        }

        private Message.Assistant reply() throws Exception {
            ModelReply reply = context.step(
                    AgentStep.model(turn),
                    ModelReply.class,
                    transcript.position(definition.name(), schemas),
                    Effect.READ_ONLY,
                    () -> guarded.reply(model, new ModelRequest(definition.name(), transcript.messages(), schemas)));
            usage = usage.plus(reply.usage());
            transcript.add(reply.message());
            return reply.message();
        }

        private Optional<AgentResult> did(List<ToolCall> wanted) throws Exception {
            List<ToolResult> results = calls.run(turn, wanted);
            for (int i = 0; i < wanted.size(); i++) {
                ToolCall call = wanted.get(i);
                ToolResult result = results.get(i);
                toolCalls++;
                gate.saw(turn, i + 1, call, result);
                transcript.add(new Message.ToolOutput(call.id(), call.name(), result.forModel(), !result.succeeded()));
            }
            return Optional.empty();
        }

        /** The agent says it is done, or answers what it was asked about its checklist. */
        private Optional<AgentResult> said(String words) throws Exception {
            if (definition.checklist().isEmpty()) {
                return Optional.of(result(words, Optional.empty()));
            }
            if (text.isEmpty()) {
                text = Optional.of(words);
                transcript.add(Message.User.of(gate.question()));
                return Optional.empty();
            }
            round++;
            ChecklistReport report = context.step(
                    AgentStep.checklist(round), ChecklistReport.class, words, Effect.READ_ONLY, () -> gate.read(words));
            List<Item> open = report.open();
            if (open.isEmpty() || round == MAX_CHECKLIST_ROUNDS) {
                return Optional.of(result(text.get(), Optional.of(report)));
            }
            transcript.add(Message.User.of(gate.openQuestion(report)));
            return Optional.empty();
        }

        private AgentResult result(String words, Optional<ChecklistReport> report) {
            return new AgentResult(definition.name(), words, turn, toolCalls, usage, report);
        }
    }
}
