package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.Settings;
import dev.yardmaster.cli.settings.Sourced;
import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.cli.terminal.Columns;
import dev.yardmaster.cli.terminal.SafeText;
import dev.yardmaster.cli.terminal.Screen;
import dev.yardmaster.definition.AgentCatalog;
import dev.yardmaster.definition.Reading;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.model.ModelCatalog;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What is there and what is missing. */
@Command(
        name = "doctor",
        header = "Say what is there and what is missing: Java, settings, agents, models, tools",
        description = {
            "Looks and changes nothing. Exit code 1 when something is missing or wrong that tasks need.",
            "",
            "Example:",
            "  yardmaster doctor"
        })
final class DoctorCommand implements Callable<Integer> {

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
                    "apt install ripgrep, brew install ripgrep"),
            new Program("bwrap", false, "a sandbox for commands", "apt install bubblewrap (Linux only)"));

    @Mixin
    private Common common;

    private boolean wrong;

    DoctorCommand(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() {
        Screen screen = common.screen();
        Caller caller = common.caller();
        section(screen, "Java");
        Version.lines().forEach(line -> good(screen, line));
        Settings settings = settings(screen, caller);
        agents(screen, caller, settings);
        models(screen, caller, settings);
        section(screen, "Programs");
        PROGRAMS.forEach(program -> program(screen, caller, program));
        return wrong ? Exit.FAILED : Exit.DONE;
    }

    private Settings settings(Screen screen, Caller caller) {
        section(screen, "Settings");
        try {
            Settings settings = Settings.none().over(caller);
            settings.model().ifPresent(model -> good(screen, "model " + model.value() + " (" + model.source() + ")"));
            settings.models()
                    .forEach((alias, name) ->
                            good(screen, "model " + alias + ": " + name.value() + " (" + name.source() + ")"));
            settings.mode()
                    .ifPresent(mode -> good(screen, "mode " + mode.value().spelling() + " (" + mode.source() + ")"));
            settings.rules().forEach(rule -> good(screen, rule.toString()));
            if (settings.equals(Settings.none())) {
                absent(
                        screen,
                        "none; they would be in yardmaster.yml, here or in a folder above, or in the home folder");
            }
            return settings;
        } catch (UsageException e) {
            bad(screen, e.getMessage());
            return Settings.none();
        }
    }

    private void agents(Screen screen, Caller caller, Settings settings) {
        section(screen, "Agents");
        try {
            AgentCatalog catalog = Session.agents(caller, settings);
            Map<String, Long> byFolder = catalog.files().stream()
                    .filter(Reading.Loaded.class::isInstance)
                    .collect(Collectors.groupingBy(each -> folder(each.file()), TreeMap::new, Collectors.counting()));
            byFolder.forEach((folder, count) ->
                    good(screen, folder.isEmpty() ? count + " stock agents" : count + " in " + folder));
            catalog.files().stream()
                    .filter(Reading.Refused.class::isInstance)
                    .forEach(
                            each -> bad(screen, each.file() + " is refused; 'yardmaster agents check' on it says why"));
            settings.agents().stream()
                    .map(Sourced::source)
                    .distinct()
                    .forEach(source -> good(screen, "folders of " + source));
        } catch (YardmasterException e) {
            bad(screen, String.valueOf(e.getMessage()));
        }
    }

    private static String folder(String file) {
        String prefix = "classpath:";
        int slash = file.lastIndexOf('/');
        return file.startsWith(prefix) ? "" : slash < 0 ? "." : file.substring(0, slash);
    }

    private void models(Screen screen, Caller caller, Settings settings) {
        section(screen, "Models");
        try {
            ModelCatalog models = Models.of(caller, settings);
            models.status().forEach(provider -> {
                String name = provider.provider() + "  ";
                if (provider.missing().isPresent()) {
                    absent(screen, name + "needs " + provider.missing().get());
                } else if (provider.preferred().isEmpty()) {
                    absent(screen, name + "no local server answers");
                } else {
                    good(
                            screen,
                            name + "ready, would use " + provider.preferred().get());
                }
            });
            good(screen, "script:FILE  replies from a file, works offline");
        } catch (YardmasterException e) {
            bad(screen, String.valueOf(e.getMessage()));
        }
    }

    private void program(Screen screen, Caller caller, Program program) {
        Optional<Path> found = onPath(caller, program.name());
        if (found.isPresent()) {
            good(screen, program.name() + "  " + found.get());
        } else if (program.needed()) {
            bad(screen, program.name() + " is missing: " + program.purpose() + "; " + program.install());
        } else {
            absent(screen, program.name() + " is missing: " + program.purpose() + "; " + program.install());
        }
    }

    private static Optional<Path> onPath(Caller caller, String name) {
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

    private static void section(Screen screen, String title) {
        screen.line(screen.paint().bold(title));
    }

    private static void good(Screen screen, String text) {
        entry(screen, screen.paint().good("✓"), text);
    }

    private static void absent(Screen screen, String text) {
        entry(screen, screen.paint().doubtful("–"), text);
    }

    private void bad(Screen screen, String text) {
        wrong = true;
        entry(screen, screen.paint().bad("✗"), text);
    }

    private static void entry(Screen screen, String sign, String text) {
        List<String> lines = Columns.wrap(SafeText.of(text), screen.width() - 4);
        screen.line("  " + sign + " " + (lines.isEmpty() ? "" : lines.getFirst()));
        lines.stream().skip(1).forEach(line -> screen.line("    " + line));
    }
}
