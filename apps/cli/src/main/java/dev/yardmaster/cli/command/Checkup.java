package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.Claim;
import dev.yardmaster.cli.settings.Settings;
import dev.yardmaster.cli.settings.Sourced;
import dev.yardmaster.cli.settings.Trust;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.Diagnostic;
import dev.yardmaster.definition.Reading;
import dev.yardmaster.definition.SkillDefinition;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.knowledge.Skills;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelCatalog;
import dev.yardmaster.model.ProviderStatus;
import dev.yardmaster.model.Trial;
import dev.yardmaster.tool.process.Containment;
import dev.yardmaster.workspace.Sandbox;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Looks at all that tasks need, and goes on whatever it finds. */
final class Checkup {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How something stands. */
    enum State {
        GOOD,
        /** It is not there, and tasks can do without. */
        ABSENT,
        BAD
    }

    /** @param section what it is about: java, settings, trust, agents, models, programs, commands */
    record Finding(String section, State state, String text) {}

    /** @param needed whether tasks need it @param purpose what it is for @param install how to get it */
    private record Program(String name, boolean needed, String purpose, String install) {}

    private static final List<Program> PROGRAMS = List.of(
            new Program("bash", true, "runs commands (the tool Bash)", "apt install bash"),
            new Program(
                    "git", false, "for agents that look at a project's history", "apt install git, brew install git"),
            new Program("python3", false, "for the demo", "apt install python3, brew install python"),
            new Program(
                    "rg",
                    false,
                    "for agents that search through Bash; Grep needs no program",
                    "apt install ripgrep, brew install ripgrep"));

    private final Caller caller;
    private final boolean trying;
    private final List<Finding> findings = new ArrayList<>();
    private String section = "";

    /** @param trying whether the model that would be used is asked for a word, which costs a few tokens */
    Checkup(Caller caller, boolean trying) {
        this.caller = caller;
        this.trying = trying;
    }

    List<Finding> findings() throws InterruptedException {
        section = "java";
        Version.lines().forEach(this::good);
        Settings settings = settings();
        agents(settings);
        models(settings);
        section = "programs";
        PROGRAMS.forEach(this::program);
        commands(settings);
        return List.copyOf(findings);
    }

    private Settings settings() {
        section = "settings";
        var problems = new ArrayList<String>();
        Settings settings = Settings.of(caller, problem -> problems.add(problem.getMessage()));
        settings.model().ifPresent(model -> good("model " + model.value() + " (" + model.source() + ")"));
        settings.models()
                .forEach((alias, name) -> good("model " + alias + ": " + name.value() + " (" + name.source() + ")"));
        settings.calls().lines().forEach(this::good);
        settings.mode().ifPresent(mode -> good("mode " + mode.value().spelling() + " (" + mode.source() + ")"));
        settings.rules().forEach(rule -> good(rule.toString()));
        settings.permissions()
                .folders()
                .forEach(folder -> good("folder " + folder.value() + " (" + folder.source() + ")"));
        settings.permissions().bypassOff().ifPresent(source -> good("no mode bypassPermissions (" + source + ")"));
        settings.hooks().lines().forEach(this::good);
        settings.hooks().off().ifPresent(source -> good("no hooks (" + source + ")"));
        settings.notes().forEach(this::absent);
        problems.forEach(this::bad);
        if (settings.equals(Settings.none()) && problems.isEmpty()) {
            absent("none; they would be in yardmaster.yml, here or in a folder above, or in the home folder");
        }
        trust(settings);
        return settings;
    }

    /** What counts only because it is trusted, and what does not because it is not. */
    private void trust(Settings settings) {
        section = "trust";
        List<Claim> claims = claims(settings);
        for (Claim claim : claims) {
            String what = claim.folder() + ": " + String.join(", ", claim.what());
            if (claim.isTrusted()) {
                good("trusted, until it says something else: " + what + " ("
                        + Trust.of(caller.home()).file() + "; --no-trust takes it back)");
            } else {
                absent((claim.answer().isPresent() ? "you said no" : "not trusted yet") + ", so it does not count: "
                        + what + " (--trust with do, run or resume lets it count)");
            }
        }
        if (claims.isEmpty()) {
            good("nothing here wants to let run more than you do");
        }
    }

    private List<Claim> claims(Settings settings) {
        try {
            return Trusting.claims(settings, caller);
        } catch (YardmasterException e) {
            return settings.claims(); // what is wrong with the agents is told with them
        }
    }

    private void agents(Settings settings) {
        section = "agents";
        try {
            AgentCatalog catalog = Session.agents(caller, settings);
            Map<String, Long> byFolder = catalog.files().stream()
                    .filter(Reading.Loaded.class::isInstance)
                    .collect(Collectors.groupingBy(each -> folder(each.file()), TreeMap::new, Collectors.counting()));
            byFolder.forEach(
                    (folder, count) -> good(folder.isEmpty() ? count + " stock agents" : count + " in " + folder));
            catalog.files().stream()
                    .filter(Reading.Refused.class::isInstance)
                    .forEach(each -> bad(each.file() + " is refused; 'yardmaster agents check' on it says why"));
            skills();
            settings.agents().stream().map(Sourced::source).distinct().forEach(source -> good("folders of " + source));
        } catch (YardmasterException e) {
            bad(String.valueOf(e.getMessage()));
        }
    }

    private void skills() {
        Skills skills = Knowing.skills(caller, caller.folder());
        if (!skills.all().isEmpty()) {
            good("skills: " + skills.all().stream().map(SkillDefinition::name).collect(Collectors.joining(", ")));
        }
        skills.diagnostics().stream()
                .filter(each -> each.severity() != Diagnostic.Severity.HINT)
                .forEach(each -> {
                    String text = each.file() + ":" + each.line() + ": " + each.message() + "; " + each.remedy();
                    if (each.severity() == Diagnostic.Severity.ERROR) {
                        bad(text);
                    } else {
                        absent(text);
                    }
                });
    }

    private static String folder(String file) {
        int slash = file.lastIndexOf('/');
        return file.startsWith("classpath:") ? "" : slash < 0 ? "." : file.substring(0, slash);
    }

    private void models(Settings settings) throws InterruptedException {
        section = "models";
        var provided = ModelCatalog.builder().environment(caller.environment()).build();
        provided.status().forEach(provider -> provider(provided, provider));
        good("script:FILE  replies from a file, works offline");
        try {
            ModelCatalog catalog = Models.of(caller, settings);
            Optional<Model> model = catalog.defaultModel();
            if (model.isPresent()) {
                String purpose = "tasks go to " + model.get().name() + Briefing.cost(model.get());
                Optional<String> absence = model.get().absence();
                if (absence.isPresent()) {
                    bad(purpose + ", and " + absence.get());
                } else {
                    good(purpose + ", unless --model or an agent's file says otherwise");
                }
                if (trying) {
                    tried(Trial.of(model.get(), PATIENCE));
                }
            } else {
                absent("no model is configured: tasks need --model, a key in the environment, or a local server");
            }
            others(catalog, settings);
        } catch (YardmasterException e) {
            bad(String.valueOf(e.getMessage()));
        }
    }

    /** Models that stand in or have a name here, where they could not reply now. */
    private void others(ModelCatalog catalog, Settings settings) {
        Arrays.stream(Models.fallbacks(caller, settings))
                .forEach(model -> model.absence()
                        .ifPresent(
                                why -> bad(model.name() + " is to be asked when another does not answer, and " + why)));
        settings.models().keySet().forEach(alias -> {
            try {
                catalog.find(alias).flatMap(Model::absence).ifPresent(why -> bad("model " + alias + ": " + why));
            } catch (YardmasterException e) {
                bad("model " + alias + ": "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            }
        });
    }

    private void provider(ModelCatalog models, ProviderStatus provider) {
        String name = provider.provider() + "  ";
        if (provider.missing().isPresent()) {
            absent(name + "needs " + provider.missing().get());
            return;
        }
        try { // opened, not asked: a base URL or a key that is none shows here
            Model model = models.get(provider.preferred().orElse(provider.provider() + ":NAME"));
            Optional<String> absence = model.absence();
            if (absence.isPresent()) {
                absent(name + absence.get());
            } else {
                good(name
                        + provider.preferred()
                                .map(any -> "ready, would use " + model.name())
                                .orElse("ready; name one of its models"));
            }
        } catch (YardmasterException e) {
            bad(name + e.getMessage());
        }
    }

    private void tried(Trial trial) {
        if (trial.problem().isPresent()) {
            bad("tried: " + trial.problem().get());
        } else {
            good("tried: it answered in " + trial.took().toMillis() + " ms");
        }
    }

    private void program(Program program) {
        Optional<Path> found = onPath(caller, program.name());
        String missing = program.name() + " is missing: " + program.purpose() + "; " + program.install();
        if (found.isPresent()) {
            good(program.name() + "  " + found.get());
        } else if (program.needed()) {
            bad(missing);
        } else {
            absent(missing);
        }
    }

    /** What commands are kept in. */
    private void commands(Settings settings) {
        section = "commands";
        Containment here = Containment.here();
        if (here.withoutProcesses().isEmpty()) {
            good("processes of their own: a command sees no others, and nothing it starts outlasts it");
        } else {
            absent("no processes of their own, so what a command hides well may outlast it, and it sees others: "
                    + here.withoutProcesses().get());
        }
        here.limits(settings.commands().sandbox().limits())
                .forEach(line -> state(line.contains("not limited here") ? State.ABSENT : State.GOOD, line));
        Optional<Sourced<Sandbox.Use>> set = settings.commands().use();
        String use = set.map(each -> each.value().name().toLowerCase(Locale.ROOT) + " (" + each.source() + ")")
                .orElse("off, unless --sandbox, YARDMASTER_SANDBOX or a settings file says otherwise");
        if (here.sandbox().isPresent()) {
            good("a sandbox can be made, by " + here.sandbox().get() + "; it is " + use);
        } else if (set.filter(each -> each.value() == Sandbox.Use.REQUIRED).isPresent()) {
            bad("the sandbox is " + use + ", and none can be made: "
                    + here.withoutSandbox().orElse("") + "; install bubblewrap");
        } else {
            absent("no sandbox can be made: " + here.withoutSandbox().orElse("") + "; it is " + use);
        }
    }

    /** Where a program is that the caller would start by this name. */
    static Optional<Path> onPath(Caller caller, String name) {
        return Arrays.stream(caller.variable("PATH").orElse("").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .flatMap(folder -> file(folder, name).stream())
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> file(String folder, String name) {
        try {
            return Optional.of(Path.of(folder, name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private void state(State state, String text) {
        findings.add(new Finding(section, state, text));
    }

    private void good(String text) {
        findings.add(new Finding(section, State.GOOD, text));
    }

    private void absent(String text) {
        findings.add(new Finding(section, State.ABSENT, text));
    }

    private void bad(String text) {
        findings.add(new Finding(section, State.BAD, text));
    }
}
