package dev.yardmaster.cli.settings;

import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.event.Budget;
import dev.yardmaster.event.Budget.Measure;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Rule;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What is set: flags over the environment over the project's files over the home folder's; see {@link SettingsFiles}. Of a
 * model and a mode the first counts; models by alias, folders and rules add up. What a project's files would let run counts
 * once they are trusted; what they forbid, or have asked for, always.
 *
 * @param model the model of agents that name none that is configured
 * @param models full names of models by alias
 * @param calls how models are called
 * @param agents folders of agent files, the nearest first
 * @param permissions what may run
 * @param labels names of agents by label: who gets the tasks that carry it
 * @param hooks commands that are asked at points of an agent's work
 * @param handing what agents are handed besides their task
 * @param commands how far commands are kept in, and what they may use up
 * @param claims what the files of folders would let run that are trusted, or would have to be
 * @param notes what files say that means nothing here
 * @param budget how much a run may use up. Of files the smallest limit counts: a project's file cannot make it larger
 */
public record Settings(
        Optional<Sourced<String>> model,
        Map<String, Sourced<String>> models,
        CallSettings calls,
        List<Sourced<Path>> agents,
        Permissions permissions,
        Map<String, Sourced<String>> labels,
        HookSettings hooks,
        Handing handing,
        CommandSettings commands,
        List<Claim> claims,
        List<String> notes,
        Budget budget) {

    private static final Settings NONE = new Settings(
            Optional.empty(),
            Map.of(),
            CallSettings.none(),
            List.of(),
            Permissions.none(),
            Map.of(),
            HookSettings.none(),
            Handing.none(),
            CommandSettings.none(),
            List.of(),
            List.of(),
            Budget.unlimited());

    public Settings {
        models = java.util.Collections.unmodifiableMap(new TreeMap<>(models));
        labels = java.util.Collections.unmodifiableMap(new TreeMap<>(labels));
        agents = List.copyOf(agents);
        claims = List.copyOf(claims);
        notes = List.copyOf(notes);
    }

    public static Settings none() {
        return NONE;
    }

    /** All of them, while some are exchanged. */
    private static final class Parts {
        private Optional<Sourced<String>> model;
        private Map<String, Sourced<String>> models;
        private CallSettings calls;
        private List<Sourced<Path>> agents;
        private Permissions permissions;
        private Map<String, Sourced<String>> labels;
        private HookSettings hooks;
        private Handing handing;
        private CommandSettings commands;
        private List<Claim> claims;
        private List<String> notes;
        private Budget budget;

        private Parts(Settings all) {
            model = all.model;
            models = all.models;
            calls = all.calls;
            agents = all.agents;
            permissions = all.permissions;
            labels = all.labels;
            hooks = all.hooks;
            handing = all.handing;
            commands = all.commands;
            claims = all.claims;
            notes = all.notes;
            budget = all.budget;
        }
    }

    private Settings with(Consumer<Parts> change) {
        var all = new Parts(this);
        change.accept(all);
        return new Settings(
                all.model,
                all.models,
                all.calls,
                all.agents,
                all.permissions,
                all.labels,
                all.hooks,
                all.handing,
                all.commands,
                all.claims,
                all.notes,
                all.budget);
    }

    /** These with a model and aliases of models. */
    public Settings withModels(Optional<Sourced<String>> one, Map<String, Sourced<String>> all) {
        return with(parts -> {
            parts.model = one;
            parts.models = all;
        });
    }

    /** These with another way to call models. */
    public Settings with(CallSettings other) {
        return with(parts -> parts.calls = other);
    }

    /** These with folders of agents. */
    public Settings withAgents(List<Sourced<Path>> folders) {
        return with(parts -> parts.agents = folders);
    }

    /** These with another budget. */
    public Settings with(Budget other) {
        return with(parts -> parts.budget = other);
    }

    /** These with agents by label. */
    public Settings withLabels(Map<String, Sourced<String>> all) {
        return with(parts -> parts.labels = all);
    }

    /** These with other permissions. */
    public Settings with(Permissions other) {
        return with(parts -> parts.permissions = other);
    }

    Settings withNotes(List<String> all) {
        return with(parts -> parts.notes = all);
    }

    /** These with other hooks. */
    public Settings with(HookSettings other) {
        return with(parts -> parts.hooks = other);
    }

    /** These with another word on what agents are handed. */
    public Settings with(Handing other) {
        return with(parts -> parts.handing = other);
    }

    /** These with another word on how commands are kept. */
    public Settings with(CommandSettings other) {
        return with(parts -> parts.commands = other);
    }

    /** Whether agents are handed CLAUDE.md and AGENTS.md; unless it is said otherwise. */
    public boolean instructions() {
        return handing.instructions().map(Sourced::value).orElse(true);
    }

    /** Whether agents change their memory without being asked for; only when it is said. */
    public boolean memoryUnasked() {
        return handing.memory().map(Sourced::value).orElse(false);
    }

    /** What runs without asking. */
    public Optional<Sourced<Mode>> mode() {
        return permissions.mode();
    }

    /** Allow, ask and deny rules. */
    public List<Rule> rules() {
        return permissions.rules();
    }

    /**
     * These settings over those of the caller's environment and files.
     *
     * @throws UsageException when one of them cannot be used
     */
    public Settings over(Caller caller) {
        return over(of(caller, problem -> {
            throw problem;
        }));
    }

    /**
     * What can be used of the caller's environment and files.
     *
     * @param problems is told of each setting that cannot; what it does not throw is left out
     */
    public static Settings of(Caller caller, Consumer<UsageException> problems) {
        Settings environment = environment(caller, problems);
        Settings all = environment;
        List<SettingsFiles.Found> files = List.of();
        try {
            files = SettingsFiles.of(caller);
        } catch (UsageException e) {
            problems.accept(e);
        }
        Settings own = none();
        var projects = new LinkedHashMap<Path, Settings>();
        for (SettingsFiles.Found file : files) {
            Settings read = file.read(caller, problems);
            if (file.project().isPresent()) {
                projects.merge(file.project().get(), read, Settings::over);
            } else {
                own = own.over(read);
            }
        }
        Mode otherwise = own.mode().map(Sourced::value).orElse(Mode.DEFAULT);
        Trust trust = Trust.of(caller.home());
        for (Map.Entry<Path, Settings> each : projects.entrySet()) {
            Settings project = each.getValue();
            all = all.over(project.with(project.commands().notLooserThan(own.commands()))
                    .asFarAsTrusted(each.getKey(), otherwise, trust, problems));
        }
        Budget ofFiles = own.budget();
        for (Settings each : projects.values()) {
            ofFiles = ofFiles.within(each.budget());
        }
        Settings together = all.over(own).with(environment.budget().or(ofFiles));
        return own.hooks().off().isPresent()
                ? together.with(together.hooks().none(own.hooks().off()))
                : together;
    }

    private Settings asFarAsTrusted(Path folder, Mode otherwise, Trust trust, Consumer<UsageException> problems) {
        HookSettings ours = hooks.effective();
        var widening = new ArrayList<>(permissions.widening(otherwise));
        widening.addAll(ours.lines());
        widening.addAll(commands.widening());
        if (widening.isEmpty()) {
            return with(ours);
        }
        String fingerprint = commands.fingerprint(ours.fingerprint(permissions.fingerprint(otherwise), folder));
        Optional<Boolean> answer = Optional.empty();
        try {
            answer = trust.answer(folder, fingerprint);
        } catch (UsageException e) {
            problems.accept(e);
        }
        var claim = new Claim("the settings files of " + folder, folder, widening, fingerprint, answer);
        boolean trusted = claim.isTrusted();
        return with(parts -> {
            parts.permissions = trusted ? permissions : permissions.narrowing(otherwise);
            parts.hooks = trusted ? ours : ours.untrusted();
            parts.commands = trusted ? commands : commands.narrowing();
            parts.claims = both(claims, List.of(claim));
        });
    }

    /** These settings over others. */
    public Settings over(Settings farther) {
        var allModels = new TreeMap<>(farther.models);
        allModels.putAll(models);
        var allLabels = new TreeMap<>(farther.labels);
        allLabels.putAll(labels);
        return new Settings(
                model.or(farther::model),
                allModels,
                calls.over(farther.calls),
                both(agents, farther.agents),
                permissions.over(farther.permissions),
                allLabels,
                hooks.over(farther.hooks),
                handing.over(farther.handing),
                commands.over(farther.commands),
                both(claims, farther.claims),
                both(notes, farther.notes),
                budget.or(farther.budget));
    }

    private static <T> List<T> both(List<T> near, List<T> far) {
        var all = new ArrayList<>(near);
        all.addAll(far);
        return all;
    }

    private static Settings environment(Caller caller, Consumer<UsageException> problems) {
        Optional<Sourced<Mode>> mode = Optional.empty();
        try {
            mode = caller.variable("YARDMASTER_MODE").map(name -> Modes.get(name, "YARDMASTER_MODE"));
        } catch (UsageException e) {
            problems.accept(e);
        }
        CommandSettings kept = CommandSettings.none();
        try {
            kept = Sandboxes.of(caller);
        } catch (UsageException e) {
            problems.accept(e);
        }
        return none().with(kept)
                .withModels(
                        caller.variable("YARDMASTER_MODEL")
                                .map(name -> new Sourced<>(name.strip(), "YARDMASTER_MODEL")),
                        Map.of())
                .with(calls(caller, problems))
                .withAgents(caller.variable("YARDMASTER_AGENTS").stream()
                        .flatMap(list -> Arrays.stream(list.split(File.pathSeparator)))
                        .filter(folder -> !folder.isBlank())
                        .map(folder -> new Sourced<>(caller.path(folder.strip()), "YARDMASTER_AGENTS"))
                        .toList())
                .with(new Permissions(mode, List.of(), List.of(), Optional.empty()))
                .with(budget(caller, problems));
    }

    private static CallSettings calls(Caller caller, Consumer<UsageException> problems) {
        CallSettings calls = CallSettings.none().withFallbacks(listed(caller, "YARDMASTER_FALLBACK_MODEL"));
        try {
            return calls.withTextOnly(listed(caller, "YARDMASTER_TEXT_ONLY_MODELS"));
        } catch (UsageException e) {
            problems.accept(e);
            return calls;
        }
    }

    private static List<Sourced<String>> listed(Caller caller, String variable) {
        return caller.variable(variable).stream()
                .flatMap(list -> Arrays.stream(list.split(",")))
                .filter(name -> !name.isBlank())
                .map(name -> new Sourced<>(name.strip(), variable))
                .toList();
    }

    private static Budget budget(Caller caller, Consumer<UsageException> problems) {
        Budget budget = Budget.unlimited();
        for (Measure each : Measure.values()) {
            String name = "YARDMASTER_MAX_" + each.name();
            Optional<String> text = caller.variable(name).filter(value -> !value.isBlank());
            try {
                budget = text.isEmpty() ? budget : Quantities.limit(budget, each, text.get(), name);
            } catch (UsageException e) {
                problems.accept(e);
            }
        }
        return budget;
    }
}
