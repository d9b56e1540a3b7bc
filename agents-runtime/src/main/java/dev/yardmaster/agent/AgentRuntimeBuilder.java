package dev.yardmaster.agent;

import dev.langchain4j.model.chat.ChatModel;
import dev.yardmaster.context.ContextPolicy;
import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.endpoint.ModelEndpoints;
import dev.yardmaster.event.Budget;
import dev.yardmaster.hook.Hooks;
import dev.yardmaster.knowledge.Knowledge;
import dev.yardmaster.knowledge.SkillTool;
import dev.yardmaster.model.ChatModelAdapter;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelCatalog;
import dev.yardmaster.model.ModelNames;
import dev.yardmaster.model.Prices;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Policy;
import dev.yardmaster.tool.Tool;
import dev.yardmaster.tool.ToolCall;
import dev.yardmaster.tool.ToolMethods;
import dev.yardmaster.tool.ToolSet;
import dev.yardmaster.tool.builtin.BuiltinTools;
import dev.yardmaster.tool.process.Containment;
import dev.yardmaster.undo.Originals;
import dev.yardmaster.workspace.Sandbox;
import dev.yardmaster.workspace.Workspace;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Puts a runtime together. */
public final class AgentRuntimeBuilder {

    private final List<Path> folders = new ArrayList<>();
    private final List<AgentDefinition> definitions = new ArrayList<>();
    private @Nullable AgentCatalog catalog;
    private ModelCatalog models = ModelCatalog.builder().build();
    private Path workspace = Path.of("");
    private List<Path> further = List.of();
    private ToolSet tools = BuiltinTools.all();
    private Policy policy = Policy.of(Mode.DEFAULT);
    private RetryPolicy retries = RetryPolicy.defaults();
    private ModelEndpoints endpoints = ModelEndpoints.defaults();
    private final List<Function<ModelCatalog, Model>> fallbacks = new ArrayList<>();
    private ModelNames wordsAlone = ModelNames.none();
    private Accounting accounting = Accounting.defaults();
    private StallGuard stalls = new StallGuard(StallGuard.PATIENCE);
    private final List<Interceptor> interceptors = new ArrayList<>();
    private @Nullable Originals originals;
    private Hooks hooks = Hooks.none();
    private Predicate<AgentDefinition> trusted = agent -> false;
    private Knowledge knowledge = Knowledge.none();
    private Sandbox sandbox = Sandbox.off();
    private @Nullable Path commandRecords;
    private ContextPolicy context = ContextPolicy.defaults();
    private @Nullable MeterRegistry meters;

    AgentRuntimeBuilder() {}

    /** Adds the agent files of a folder, or one file; nearer than the stock agents on the class path. */
    public AgentRuntimeBuilder agents(Path folder) {
        folders.add(folder);
        return this;
    }

    /** Adds agents defined in code; nearer than those of folders. */
    public AgentRuntimeBuilder agents(AgentDefinition... own) {
        definitions.addAll(Arrays.asList(own));
        return this;
    }

    /** Exactly these agents, instead of folders and stock. */
    public AgentRuntimeBuilder catalog(AgentCatalog own) {
        catalog = own;
        return this;
    }

    /** The model of all agents; see {@link #models} for several. */
    public AgentRuntimeBuilder model(Model model) {
        Objects.requireNonNull(model, "the model is null");
        return models(ModelCatalog.builder().defaultModel(model).build());
    }

    /** A langchain4j model for all agents. Turn its own retries off: the runtime retries. */
    public AgentRuntimeBuilder model(ChatModel model) {
        return model(new ChatModelAdapter(model.provider().name().toLowerCase(java.util.Locale.ROOT), model));
    }

    /** Models by name: what the {@code model} keys of agent files mean. */
    public AgentRuntimeBuilder models(ModelCatalog own) {
        models = own;
        return this;
    }

    /** The folder that tools may touch; the working folder unless set. @param more folders that count as inside */
    public AgentRuntimeBuilder workspace(Path folder, Path... more) {
        workspace = folder;
        further = List.of(more);
        return this;
    }

    /**
     * Adds tools beside the built-in ones: {@link Tool}s, and objects with methods that langchain4j's {@code @Tool}
     * annotates.
     *
     * @throws dev.yardmaster.event.YardmasterException when a name is taken
     * @throws IllegalArgumentException when an object is neither
     */
    public AgentRuntimeBuilder tools(Object... own) {
        for (Object each : own) {
            tools = tools.and(
                    each instanceof Tool tool
                            ? new Tool[] {tool}
                            : ToolMethods.of(each).toArray(Tool[]::new));
        }
        return this;
    }

    /** Says that these calls of a tool may be repeated after a crash; see {@link ToolSet#repeatable}. */
    public AgentRuntimeBuilder repeatable(String tool, Predicate<ToolCall> calls) {
        tools = tools.repeatable(tool, calls);
        return this;
    }

    /** What runs without asking; mode default unless set: reads inside the workspace. */
    public AgentRuntimeBuilder policy(Policy own) {
        policy = own;
        return this;
    }

    /** How often calls are tried again; {@link RetryPolicy#defaults} unless set. */
    public AgentRuntimeBuilder retries(RetryPolicy own) {
        retries = own;
        return this;
    }

    /**
     * What stands before the models' servers: limits, circuit breakers, waits that servers ask for. Runtimes that are given
     * the same share them; with {@link ModelEndpoints#defaults} of its own unless set.
     */
    public AgentRuntimeBuilder endpoints(ModelEndpoints shared) {
        endpoints = shared;
        return this;
    }

    /**
     * Adds models to ask, in order, when an agent's own does not answer: when its server is overloaded, asked too often or
     * not reached, its account is empty, or the provider does not know it. Each reply is asked of the agent's own first.
     *
     * @param names full names, or aliases of the catalogue; looked up by {@link #build}
     */
    public AgentRuntimeBuilder fallback(String... names) {
        for (String name : names) {
            fallbacks.add(catalogue -> catalogue.get(name));
        }
        return this;
    }

    /** Adds models to ask when an agent's own does not answer; see {@link #fallback(String...)}. */
    public AgentRuntimeBuilder fallback(Model... others) {
        for (Model each : others) {
            fallbacks.add(catalogue -> each);
        }
        return this;
    }

    /**
     * Which models are told words alone: what results show (images, documents) is named and told in words. None unless set;
     * one that says itself that it takes none is not asked to look anyway.
     */
    public AgentRuntimeBuilder textOnly(ModelNames own) {
        wordsAlone = own;
        return this;
    }

    /** Adds interceptors around model replies and tool calls; the first of all is the outermost. */
    public AgentRuntimeBuilder intercept(Interceptor... own) {
        interceptors.addAll(Arrays.asList(own));
        return this;
    }

    /** Adds hooks: commands of settings files, or code, that are asked at points of every agent's work. */
    public AgentRuntimeBuilder hooks(Hooks own) {
        hooks = hooks.and(own);
        return this;
    }

    /** Which agents' files may have hooks of their own run, which are commands; none unless set. */
    public AgentRuntimeBuilder trustHooksOf(Predicate<AgentDefinition> files) {
        trusted = files;
        return this;
    }

    /** How much the work of each agent may use up, colleagues included; unlimited unless set. A node may say otherwise. */
    public AgentRuntimeBuilder budget(Budget each) {
        accounting = accounting.withEach(each);
        return this;
    }

    /**
     * How many turns of its own an agent may take whose file does not say ({@code maxTurns}); 50 unless set. A budget that
     * limits turns, of its run or its own, counts instead.
     */
    public AgentRuntimeBuilder maxTurns(int most) {
        accounting = accounting.withTurns(most);
        return this;
    }

    /**
     * How long a call of an application's own tool may give no sign of life (a line of progress is one) before it is
     * interrupted and the model is told; 30 minutes unless set. Built-in tools have limits of their own.
     */
    public AgentRuntimeBuilder stallAfter(Duration silence) {
        stalls = new StallGuard(silence);
        return this;
    }

    /** What replies cost; {@link Prices#bundled} unless set. */
    public AgentRuntimeBuilder prices(Prices own) {
        accounting = accounting.withPrices(own);
        return this;
    }

    /** What agents are handed besides their task: instructions, skills, a memory; nothing unless set. */
    public AgentRuntimeBuilder knowledge(Knowledge own) {
        knowledge = own;
        return this;
    }

    /** Where to keep what files were before runs change them, so that a run can be undone; nowhere unless set. */
    public AgentRuntimeBuilder originals(Originals own) {
        originals = own;
        return this;
    }

    /** How far commands are kept in; {@link Sandbox#off} unless set. See docs/permissions.md. */
    public AgentRuntimeBuilder sandbox(Sandbox own) {
        sandbox = own;
        return this;
    }

    /**
     * Where commands leave what they print and how they end, so that a crash after one ended leaves no doubt about it: a
     * folder that outlasts this process, on a local disk. Among temporary files, where nobody looks again, unless set.
     */
    public AgentRuntimeBuilder commandRecords(Path folder) {
        commandRecords = folder.toAbsolutePath();
        return this;
    }

    /** How conversations are kept inside their models' windows; {@link ContextPolicy#defaults} unless set. */
    public AgentRuntimeBuilder context(ContextPolicy own) {
        context = own;
        return this;
    }

    /** Where calls are measured; nowhere unless set. */
    public AgentRuntimeBuilder meters(MeterRegistry own) {
        meters = own;
        return this;
    }

    /**
     * @throws dev.yardmaster.event.YardmasterException when the workspace, a folder of agents or a model cannot be used,
     *     or a sandbox is required and none can be made here
     */
    public AgentRuntime build() {
        Containment.here().check(sandbox);
        ToolSet all = knowledge.skills().offered().isEmpty() ? tools : tools.and(new SkillTool(knowledge.skills()));
        AgentCatalog agents = catalog == null ? assembled(all) : catalog;
        return new AgentRuntime(
                agents,
                models,
                Workspace.of(
                        workspace.toAbsolutePath(),
                        further.stream().map(Path::toAbsolutePath).toArray(Path[]::new)),
                all,
                policy,
                new Equipment(
                        new GuardedCalls(retries, meters == null ? new CompositeMeterRegistry() : meters),
                        new ModelLine(
                                retries,
                                endpoints,
                                fallbacks.stream()
                                        .map(each -> each.apply(models))
                                        .toList(),
                                new Sight(wordsAlone)),
                        new Interceptors(interceptors),
                        new Semaphore(Colleagues.AT_ONCE),
                        accounting,
                        Optional.ofNullable(originals),
                        new Surroundings(hooks, trusted, knowledge, context),
                        commandRecords == null
                                ? CommandRecords.temporary(sandbox)
                                : CommandRecords.in(commandRecords, sandbox),
                        stalls),
                new WordsAlone(agents.all()));
    }

    private AgentCatalog assembled(ToolSet available) {
        var all = AgentCatalog.builder()
                .definitions(definitions)
                .availableTools(available.answersTo())
                .stock();
        folders.forEach(all::folder);
        return all.build();
    }
}
