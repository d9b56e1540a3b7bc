package dev.yardmaster.agent;

import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.Usage;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelCatalog;
import dev.yardmaster.model.NoModelException;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolSet;
import dev.yardmaster.undo.Keeper;
import dev.yardmaster.workspace.Workspace;
import dev.yardmaster.worktree.Worktree;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Binds definitions to models, tools and a policy. Immutable and thread-safe; one serves a whole application. It starts
 * no threads: agents run as nodes of graphs, on an orchestrator.
 */
public final class AgentRuntime {

    private final AgentCatalog catalog;
    private final ModelCatalog models;
    private final Workspace workspace;
    private final ToolSet tools;
    private final Policy policy;
    private final Equipment equipment;
    private final Referral referral;

    AgentRuntime(
            AgentCatalog catalog,
            ModelCatalog models,
            Workspace workspace,
            ToolSet tools,
            Policy policy,
            Equipment equipment,
            Referral referral) {
        this.catalog = catalog;
        this.models = models;
        this.workspace = workspace;
        this.tools = tools;
        this.policy = policy;
        this.equipment = equipment;
        this.referral = referral;
    }

    public static AgentRuntimeBuilder builder() {
        return new AgentRuntimeBuilder();
    }

    /** The same whose agents, where they hand a subtask on and do not say to whom, have another find that out. */
    public AgentRuntime referring(Referral other) {
        return new AgentRuntime(catalog, models, workspace, tools, policy, equipment, other);
    }

    /**
     * The same whose agents find nothing around them: no instructions, no skills, no memory, no hooks. For one that answers a
     * question about what it is told, and nothing else.
     */
    public AgentRuntime bare() {
        return new AgentRuntime(catalog, models, workspace, tools, policy, equipment.bare(), referral);
    }

    /**
     * The same at work in a git worktree instead of its workspace. What files were is not kept there for an undo: the
     * workspace is changed by the merge.
     */
    public AgentRuntime in(Worktree worktree) {
        return new AgentRuntime(
                catalog, models, worktree.workspace(workspace), tools, policy, equipment.withoutOriginals(), referral);
    }

    /** Keeps what files of the workspace were before a run changes them; empty where nothing is to be undone. */
    public Optional<Keeper> keeper(RunId run) {
        return equipment.originals().map(each -> each.keeper(run, workspace));
    }

    Referral referral() {
        return referral;
    }

    /**
     * An agent as a node.
     *
     * @throws dev.yardmaster.definition.UnknownAgentException when there is none of this name
     * @throws dev.yardmaster.model.NoModelException when there is no model for it
     * @throws NoToolsException when none of the tools that its file names is there
     */
    public AgentNode agent(String name) {
        return agent(catalog.get(name));
    }

    /** An agent as a node, whether or not the catalog knows it. Throws as {@link #agent(String)} does. */
    public AgentNode agent(AgentDefinition definition) {
        return new AgentNode(definition.name(), bind(definition));
    }

    /** Whether there is a model for an agent, and it can reply as that. */
    public boolean canAsk(AgentDefinition definition) {
        try {
            return models.resolve(definition.model()).model().repliesAs(definition.name());
        } catch (NoModelException e) {
            return false;
        }
    }

    /** Who would work and with what: what {@link #agent} would bind, without a task. Throws as that does. */
    public AgentProfile profile(String name) {
        return bind(catalog.get(name)).profile();
    }

    /** The first of the models that somebody may come to ask whose price is not known on a day; empty when all are. */
    public Optional<String> unpriced(AgentProfile who, LocalDate on) {
        Stream<String> own = who.scripted() ? Stream.empty() : Stream.of(who.model());
        Stream<String> others = equipment.line().fallbacks().stream()
                .filter(model -> !model.scripted())
                .map(Model::name);
        return Stream.concat(own, others)
                .filter(model -> equipment
                        .accounting()
                        .prices()
                        .cost(model, Usage.none(), on)
                        .isEmpty())
                .findFirst();
    }

    private Agent bind(AgentDefinition definition) {
        return bind(definition, models.resolve(definition.model()).model(), policyOf(definition), new Post(this, 0));
    }

    private Agent bind(AgentDefinition definition, Model model, Policy own, Post post) {
        Granted granted = granted(definition, post.depth());
        return new Agent(
                definition,
                model,
                granted,
                own,
                workspace,
                equipment,
                post,
                equipment.line().fallbacks(),
                equipment.accounting().each());
    }

    /** A definition bound to work for an agent: on that one's model unless it has its own, and never under a wider policy. */
    Agent workingFor(Agent caller, AgentDefinition definition, String model) {
        Optional<String> wanted = model.isBlank() ? definition.model() : Optional.of(model);
        boolean inherits =
                wanted.map(name -> name.strip().equalsIgnoreCase("inherit")).orElse(true);
        return bind(
                definition,
                inherits ? caller.model() : models.resolve(wanted).model(),
                policyOf(definition).within(caller.policy()),
                new Post(this, caller.post().depth() + 1));
    }

    /** One that reads what strangers wrote, on a small model; empty where none goes by its name. */
    Optional<Agent> readingFor(Agent caller) {
        try {
            return models.find(PageReader.MODEL)
                    .map(model -> bind(
                            PageReader.DEFINITION,
                            model,
                            caller.policy(),
                            new Post(this, caller.post().depth() + 1)));
        } catch (YardmasterException e) {
            return Optional.empty(); // its key is missing: the page is told as it is
        }
    }

    /**
     * One that checks something about an agent for a hook: nobody is asked in its name.
     *
     * @param model another one than that agent's; empty for that
     */
    Agent checkingFor(Agent asking, AgentDefinition who, String model) {
        Post post = new Post(this, asking.post().depth() + 1);
        return new Agent(
                who,
                model.isBlank()
                        ? asking.model()
                        : models.resolve(Optional.of(model)).model(),
                Granted.of(who, tools, post.depth()),
                asking.policy(),
                workspace,
                equipment.bare(),
                post,
                equipment.line().fallbacks(),
                equipment.accounting().each());
    }

    /** The model of a name. @throws dev.yardmaster.model.NoModelException when it means nothing here */
    Model model(String name) {
        return models.get(name);
    }

    private Granted granted(AgentDefinition definition, int depth) {
        Granted granted = Granted.of(definition, tools, depth);
        return own(definition).memory().isPresent() ? granted.with(OwnPolicy.FOR_MEMORY, definition, tools) : granted;
    }

    private OwnPolicy own(AgentDefinition definition) {
        return new OwnPolicy(definition, tools, workspace, equipment.around().knowledge());
    }

    /** What holds for all agents. */
    Policy policy() {
        return policy;
    }

    /** The policy of one agent: never wider than the runtime's, and narrower where its file says so. */
    public Policy policyOf(AgentDefinition definition) {
        return own(definition).within(policy);
    }

    /** The tools that an agent has here, in order: without those that rules take away as a whole. */
    public ToolSet toolsOf(AgentDefinition definition) {
        return granted(definition, 0).seenUnder(policyOf(definition));
    }

    /** The tools that rules take away from an agent as a whole, each with its rule, for people. */
    public List<String> takenAwayFrom(AgentDefinition definition) {
        return granted(definition, 0).takenAwayBy(policyOf(definition));
    }

    /**
     * Whether an agent could change something here: by its policy it may, and one of its tools is for more than reading.
     *
     * @throws dev.yardmaster.definition.UnknownAgentException when there is none of this name
     */
    public boolean changes(String agent) {
        AgentDefinition definition = catalog.get(agent);
        return policyOf(definition).mode() != Mode.PLAN
                && toolsOf(definition).tools().stream().anyMatch(AgentRuntime::changes);
    }

    static boolean changes(Tool tool) {
        Effect effect = tool.effect(new ToolCall("", tool.name(), Json.of(Map.of())));
        return effect == Effect.ONCE || effect == Effect.PROBED || tool.name().equals(Granted.HAND_OFF);
    }

    public AgentCatalog catalog() {
        return catalog;
    }

    public Workspace workspace() {
        return workspace;
    }
}
