package dev.yardmaster.agent;

import dev.yardmaster.context.Room;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.RunId;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.hook.Hooks;
import dev.yardmaster.knowledge.Handout;
import dev.yardmaster.knowledge.Handouts;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ToolSchema;
import dev.yardmaster.permission.Decision;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolSet;
import dev.yardmaster.tool.builtin.BuiltinTools;
import dev.yardmaster.workspace.Workspace;
import dev.yardmaster.worktree.Worktree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A definition bound to a model, tools and a policy. Stateless: one agent may work on any number of tasks at once. What
 * follows from these alone is worked out once, when it is bound.
 */
final class Agent {

    private final AgentDefinition definition;
    private final Model model;
    private final Granted granted;
    private final Policy policy;
    private final Workspace workspace;
    private final Equipment equipment;
    private final Post post;
    private final List<Model> fallbacks;
    private final Budget budget;

    private final List<Model> chain;
    private final ToolSet tools;
    private final List<ToolSchema> schemas;
    private final Map<String, Json> offered;
    private final Hooks hooks;
    private final AgentProfile profile;
    private final String instructions;

    Agent(
            AgentDefinition definition,
            Model model,
            Granted granted,
            Policy policy,
            Workspace workspace,
            Equipment equipment,
            Post post,
            List<Model> fallbacks,
            Budget budget) {
        this.definition = definition;
        this.model = model;
        this.granted = granted;
        this.policy = policy;
        this.workspace = workspace;
        this.equipment = equipment;
        this.post = post;
        this.fallbacks = List.copyOf(fallbacks);
        this.budget = budget;
        this.chain = Stream.concat(
                        Stream.of(model),
                        fallbacks.stream().filter(each -> !each.name().equals(model.name())))
                .toList();
        this.tools = granted.seenUnder(policy);
        this.schemas = tools.tools().stream()
                .map(tool -> new ToolSchema(tool.name(), tool.description(), tool.parameters()))
                .toList();
        this.offered = Opening.digests(schemas);
        this.hooks = equipment.around().hooksOf(definition, post.depth());
        this.profile = profiled();
        this.instructions = instructions(profile.workspace());
    }

    AgentDefinition definition() {
        return definition;
    }

    Model model() {
        return model;
    }

    Granted granted() {
        return granted;
    }

    Policy policy() {
        return policy;
    }

    Workspace workspace() {
        return workspace;
    }

    Equipment equipment() {
        return equipment;
    }

    Post post() {
        return post;
    }

    Budget budget() {
        return budget;
    }

    /** @param own who is asked when its model does not answer, in order; instead of those of the runtime */
    Agent withFallbacks(List<Model> own) {
        return new Agent(definition, model, granted, policy, workspace, equipment, post, own, budget);
    }

    /** The models that are asked for a reply, one after the other. */
    List<Model> chain() {
        return chain;
    }

    /**
     * Works on a task until it is done. Blocks.
     *
     * @param follows an earlier transcript that this task goes on from
     * @param form what its answer has to be; empty for plain words
     * @throws AgentStoppedException when it runs out of turns or goes in circles
     * @throws dev.yardmaster.graph.BudgetExhaustedException when its budget is used up, or one around it
     * @throws UnfitAnswerException when its answer never fits the form
     * @throws InterceptorException when an interceptor fails
     * @throws dev.yardmaster.model.ModelException when the model gives no reply and retries are used up
     */
    Finished work(String task, Optional<Transcript> follows, Optional<AnswerForm> form, NodeContext context)
            throws Exception {
        return assignment(form, context, Optional.empty()).on(new Opening.Brief(task, follows));
    }

    /** @param above what the hooks of the agent it works for have in common; empty when it works for nobody */
    Assignment assignment(Optional<AnswerForm> form, NodeContext context, Optional<HookSession> above) {
        return new Assignment(
                this, form, budget.limitsNothing() ? context : context.within("agent '" + name() + "'", budget), above);
    }

    /** The same at work in a git worktree; so are those who work for it. */
    Agent in(Worktree worktree) {
        AgentRuntime there = post.runtime().in(worktree);
        return new Agent(
                definition,
                model,
                granted,
                policy,
                there.workspace(),
                equipment.withoutOriginals(),
                new Post(there, post.depth()),
                fallbacks,
                budget);
    }

    /** The same under another policy. */
    Agent under(Policy other) {
        return new Agent(definition, model, granted, other, workspace, equipment, post, fallbacks, budget);
    }

    /** Whether its file wants it in a worktree of its own, and it could change something. */
    boolean isIsolated() {
        return definition.isIsolated()
                && policy.mode() != Mode.PLAN
                && tools.tools().stream().anyMatch(AgentRuntime::changes);
    }

    /** The same with limits that replace its own. */
    Agent with(Budget own) {
        return new Agent(definition, model, granted, policy, workspace, equipment, post, fallbacks, own.or(budget));
    }

    String name() {
        return definition.name();
    }

    /** What its model is told of: not what a rule takes away as a whole. */
    ToolSet tools() {
        return tools;
    }

    List<ToolSchema> schemas() {
        return schemas;
    }

    /** What its model is told of tools, as it is recorded. */
    Map<String, Json> offered() {
        return offered;
    }

    AgentProfile profile() {
        return profile;
    }

    private AgentProfile profiled() {
        return new AgentProfile(
                definition.name(),
                definition.source(),
                definition.sha256(),
                model.name(),
                model.scripted(),
                definition.color(),
                tools.names(),
                granted.missing(),
                policy.mode().name(),
                place(),
                granted.takenAwayBy(policy),
                hooks.all().stream()
                        .map(each -> new AgentProfile.Hooked(
                                each.event().spelling(), each.matcher().text()))
                        .distinct()
                        .toList(),
                List.of(),
                Room.of(model, equipment.around().context()));
    }

    /** Who begins to work now, and what they are handed, which is read anew each time. Blocks on the disk. */
    AgentProfile beginning(RunId run) {
        List<Handout> handed = Handouts.of(
                definition, equipment.around().knowledge(), workspace.home(), run.toString(), this::mayRead);
        return handed.isEmpty() ? profile : profile.withHanded(handed);
    }

    /** Whether no rule keeps a file from it; what would be asked for is not meant, as nobody has asked for it. */
    private boolean mayRead(Path file) {
        Tool reading = BuiltinTools.all().find("Read").orElseThrow();
        var call = new ToolCall("", reading.name(), Json.of(Map.of("file_path", file.toString())));
        return post.runtime().policy().decide(reading, call, workspace).behavior() != Decision.Behavior.DENY;
    }

    /** What its work is hooked at. */
    Hooks hooks() {
        return hooks;
    }

    /** The workspace in the words in which the agent is told of it. */
    private String place() {
        List<Path> further = workspace.folders().subList(1, workspace.folders().size());
        String apart = workspace.isCopy()
                ? "\nIt is a git worktree of " + workspace.home()
                        + " and yours alone. What you change in it is merged there"
                        + " when you are done; you need not commit. Files that git ignores are not in it."
                : "";
        return workspace.root()
                + apart
                + (further.isEmpty()
                        ? ""
                        : "\nFurther folders of it: "
                                + further.stream().map(Path::toString).collect(Collectors.joining(", ")));
    }

    /** @param profile as recorded when it began: elsewhere, and later, the workspace and the files are others */
    String systemPrompt(AgentProfile profile, Optional<AnswerForm> form) {
        String place = profile.workspace();
        boolean here = place.isEmpty() || place.equals(this.profile.workspace());
        String told = here ? instructions : instructions(place);
        String colleagues = colleagues();
        if (!colleagues.isEmpty() || !profile.handed().isEmpty()) {
            told += colleagues + Handouts.told(profile.handed());
        }
        return form.isPresent() ? told + "\n# Your answer\n\n" + form.get().instructions() + "\n" : told;
    }

    private String instructions(String place) {
        return definition.prompt().strip() + "\n\n# Where you work\n\nWorkspace: " + place
                + "\nPaths may be absolute or relative to it. Nothing outside of it is yours to touch.\n";
    }

    private String colleagues() {
        String roster = post.roster(this);
        return roster.isEmpty()
                ? ""
                : "\n# Your colleagues\n\nThe tool " + Granted.HAND_OFF + " hands them subtasks:\n" + roster + "\n";
    }
}
