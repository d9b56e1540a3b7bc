package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.CallSettings;
import dev.yardmaster.cli.settings.CommandAmounts;
import dev.yardmaster.cli.settings.CommandSettings;
import dev.yardmaster.cli.settings.Handing;
import dev.yardmaster.cli.settings.Modes;
import dev.yardmaster.cli.settings.Permissions;
import dev.yardmaster.cli.settings.RuleReader;
import dev.yardmaster.cli.settings.Sandboxes;
import dev.yardmaster.cli.settings.Settings;
import dev.yardmaster.cli.settings.Sourced;
import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of a task that are settings, too. */
final class Flags {

    private static final String SCRIPT = "script:";

    @Option(
            names = "--agents",
            paramLabel = "DIR",
            description = "A folder of agent files, nearer than all others; may be repeated")
    private List<String> agents = new ArrayList<>();

    @Option(
            names = "--model",
            paramLabel = "P:NAME",
            description = "The model of every agent: provider:name, script:FILE, or an alias of yardmaster.yml")
    private @Nullable String model;

    @Option(
            names = "--fallback-model",
            paramLabel = "P:NAME",
            description =
                    "A model to ask when an agent's own is overloaded, not reached or not to be had; may be repeated")
    private List<String> fallbacks = new ArrayList<>();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "What runs without asking: default, acceptEdits, plan, dontAsk or bypassPermissions")
    private @Nullable String mode;

    @Option(
            names = "--yes",
            description = "Ask nothing: short for --mode bypassPermissions. What is never automatic stays denied where"
                    + " nobody can be asked")
    private boolean yes;

    @Option(
            names = "--allow",
            paramLabel = "RULE",
            description = "Let calls run, such as 'Bash(npm test)'; may be repeated")
    private List<String> allow = new ArrayList<>();

    @Option(names = "--ask", paramLabel = "RULE", description = "Have calls asked for, whatever else allows them")
    private List<String> ask = new ArrayList<>();

    @Option(
            names = "--deny",
            paramLabel = "RULE",
            description = "Deny calls, whatever else allows them, such as 'Read(.env)'")
    private List<String> deny = new ArrayList<>();

    @Option(
            names = "--add-dir",
            paramLabel = "DIR",
            description = "A further folder that counts as inside the workspace; may be repeated")
    private List<String> folders = new ArrayList<>();

    @Option(
            names = "--no-instructions",
            description = "Do not hand CLAUDE.md and AGENTS.md, of the project and yours, to agents")
    private boolean withoutInstructions;

    @Option(
            names = "--sandbox",
            paramLabel = "USE",
            description = "How far commands are kept in: required, preferred, off (the default), or none: not even with"
                    + " processes of their own")
    private @Nullable String sandbox;

    @Option(names = "--sandbox-network", description = "Commands in a sandbox reach the network")
    private boolean sandboxNetwork;

    @Option(
            names = "--sandbox-write",
            paramLabel = "DIR",
            description = "A folder that commands in a sandbox may write, such as ~/.m2; may be repeated")
    private List<String> sandboxWrite = new ArrayList<>();

    @Option(
            names = "--command-limit",
            paramLabel = "NAME=AMOUNT",
            description =
                    "What a command may use up: memory=4g, processes=500, file=16g (the size of one), free=1g (what"
                            + " stays free of the disk); none lifts one. May be repeated")
    private List<String> commandLimits = new ArrayList<>();

    @Mixin
    private BudgetFlags limits = new BudgetFlags();

    /**
     * What the flags say, over the environment and the settings files.
     *
     * @throws UsageException when something of it cannot be used
     */
    Settings settings(Caller caller) {
        List<Rule> rules = new ArrayList<>();
        rules.addAll(rules(allow, Rule::allow, "--allow"));
        rules.addAll(rules(ask, Rule::ask, "--ask"));
        rules.addAll(rules(deny, Rule::deny, "--deny"));
        List<Sourced<Path>> further = folders.stream()
                .map(folder -> new Sourced<>(caller.path(folder).normalize(), "--add-dir"))
                .toList();
        var flags = Settings.none()
                .withModels(Optional.ofNullable(model).map(name -> new Sourced<>(name.strip(), "--model")), Map.of())
                .with(new Permissions(mode(), rules, further, Optional.empty()))
                .with(CallSettings.none()
                        .withFallbacks(fallbacks.stream()
                                .map(name -> new Sourced<>(name.strip(), "--fallback-model"))
                                .toList()))
                .with(new Handing(
                        withoutInstructions ? Optional.of(new Sourced<>(false, "--no-instructions")) : Optional.empty(),
                        Optional.empty()))
                .with(limits.budget())
                .with(commands(caller));
        Settings all = flags.over(ofAgents(caller, agents)).over(caller);
        if ((sandboxNetwork || !sandboxWrite.isEmpty())
                && !all.commands().sandbox().wanted()) {
            throw new UsageException("--sandbox-network and --sandbox-write open a sandbox a little, and there is none:"
                    + " add --sandbox preferred, or leave them out");
        }
        return all;
    }

    private CommandSettings commands(Caller caller) {
        List<Sourced<Path>> writable = sandboxWrite.stream()
                .map(folder ->
                        new Sourced<>(caller.path(folder).toAbsolutePath().normalize(), "--sandbox-write"))
                .toList();
        return CommandSettings.none()
                .with(
                        Optional.ofNullable(sandbox).map(name -> Sandboxes.get(name, "--sandbox")),
                        sandboxNetwork,
                        writable)
                .with(CommandAmounts.read(commandLimits, "--command-limit"));
    }

    /** What the flags say, to be recorded. */
    record Values(
            List<String> agents,
            Optional<String> model,
            Optional<String> mode,
            boolean yes,
            List<String> allow,
            List<String> ask,
            List<String> deny,
            List<String> folders,
            boolean withoutInstructions,
            List<String> fallbacks,
            Optional<String> sandbox,
            boolean sandboxNetwork,
            List<String> sandboxWrite,
            List<String> commandLimits) {

        Values {
            commandLimits = commandLimits == null ? List.of() : commandLimits;
            fallbacks = fallbacks == null ? List.of() : fallbacks; // earlier versions recorded none
            sandbox = sandbox == null ? Optional.empty() : sandbox;
            sandboxWrite = sandboxWrite == null ? List.of() : sandboxWrite;
            folders = folders == null ? List.of() : folders; // earlier versions recorded none
        }

        /** With the places of agents and scripts written in another way. */
        Values placed(UnaryOperator<String> place) {
            return new Values(
                    agents.stream().map(place).toList(),
                    model.map(name -> placed(name, place)),
                    mode,
                    yes,
                    allow,
                    ask,
                    deny,
                    folders.stream().map(place).toList(),
                    withoutInstructions,
                    fallbacks.stream().map(name -> placed(name, place)).toList(),
                    sandbox,
                    sandboxNetwork,
                    sandboxWrite.stream().map(place).toList(),
                    commandLimits);
        }

        private static String placed(String model, UnaryOperator<String> place) {
            return model.startsWith(SCRIPT) ? SCRIPT + place.apply(model.substring(SCRIPT.length())) : model;
        }

        static Values none() {
            return new Values(
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    false,
                    List.of(),
                    Optional.empty(),
                    false,
                    List.of(),
                    List.of());
        }
    }

    /**
     * With what else an earlier call says of who works, on which model, and what has to be asked for or is denied. What
     * was allowed then is not taken over: it was meant for another task.
     */
    Flags after(Values earlier) {
        var flags = of(values());
        flags.limits = limits;
        flags.agents = agents.isEmpty() ? earlier.agents() : agents;
        flags.model = model == null ? earlier.model().orElse(null) : model;
        flags.withoutInstructions |= earlier.withoutInstructions();
        flags.fallbacks = fallbacks.isEmpty() ? earlier.fallbacks() : fallbacks;
        flags.ask = both(earlier.ask(), ask);
        flags.deny = both(earlier.deny(), deny);
        flags.sandbox = sandbox == null ? earlier.sandbox().orElse(null) : sandbox;
        flags.commandLimits = both(earlier.commandLimits(), commandLimits);
        return flags;
    }

    private static List<String> both(List<String> earlier, List<String> now) {
        return Stream.concat(earlier.stream(), now.stream()).distinct().toList();
    }

    Values values() {
        return new Values(
                agents,
                Optional.ofNullable(model),
                Optional.ofNullable(mode),
                yes,
                allow,
                ask,
                deny,
                folders,
                withoutInstructions,
                fallbacks,
                Optional.ofNullable(sandbox),
                sandboxNetwork,
                sandboxWrite,
                commandLimits);
    }

    /** The flags of an earlier call. */
    static Flags of(Values values) {
        var flags = new Flags();
        flags.agents = values.agents();
        flags.model = values.model().orElse(null);
        flags.mode = values.mode().orElse(null);
        flags.yes = values.yes();
        flags.allow = values.allow();
        flags.ask = values.ask();
        flags.deny = values.deny();
        flags.folders = values.folders();
        flags.sandbox = values.sandbox().orElse(null);
        flags.sandboxNetwork = values.sandboxNetwork();
        flags.sandboxWrite = values.sandboxWrite();
        flags.commandLimits = values.commandLimits();
        flags.withoutInstructions = values.withoutInstructions();
        flags.fallbacks = values.fallbacks();
        return flags;
    }

    /** The settings that {@code --agents} alone makes. */
    static Settings ofAgents(Caller caller, List<String> folders) {
        List<Sourced<Path>> all = folders.stream()
                .map(folder -> new Sourced<>(caller.path(folder), "--agents"))
                .toList();
        return Settings.none().withAgents(all);
    }

    private Optional<Sourced<Mode>> mode() {
        Optional<Sourced<Mode>> named = Optional.ofNullable(mode).map(name -> Modes.get(name, "--mode"));
        if (yes && named.filter(each -> each.value() != Mode.BYPASS).isPresent()) {
            throw new UsageException("--yes and --mode " + mode + " contradict each other: --yes is mode"
                    + " bypassPermissions; leave one of them out");
        }
        return yes ? Optional.of(new Sourced<>(Mode.BYPASS, "--yes")) : named;
    }

    private static List<Rule> rules(List<String> texts, BiFunction<String, String, Rule> kind, String flag) {
        return texts.stream().map(text -> RuleReader.read(kind, text, flag)).toList();
    }
}
