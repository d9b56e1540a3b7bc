package dev.yardmaster.cli.settings;

import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Rule;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What is set: flags over the environment over the nearest {@code yardmaster.yml} over the home folder's. Of a model and a
 * mode the first counts; models by alias, folders of agents and rules add up.
 *
 * @param model the model of agents that name none that is configured
 * @param models full names of models by alias
 * @param agents folders of agent files, the nearest first
 * @param mode what runs without asking
 * @param rules allow, ask and deny rules
 */
public record Settings(
        Optional<Sourced<String>> model,
        Map<String, Sourced<String>> models,
        List<Sourced<Path>> agents,
        Optional<Sourced<Mode>> mode,
        List<Rule> rules) {

    private static final Settings NONE =
            new Settings(Optional.empty(), Map.of(), List.of(), Optional.empty(), List.of());

    public Settings {
        models = java.util.Collections.unmodifiableMap(new TreeMap<>(models));
        agents = List.copyOf(agents);
        rules = List.copyOf(rules);
    }

    public static Settings none() {
        return NONE;
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
        Settings all = environment(caller, problems);
        List<Path> files = List.of();
        try {
            files = SettingsFiles.of(caller);
        } catch (UsageException e) {
            problems.accept(e);
        }
        for (Path file : files) {
            all = all.over(new SettingsFile(file, caller, problems).read());
        }
        return all;
    }

    /** These settings over others. */
    public Settings over(Settings farther) {
        var allModels = new TreeMap<>(farther.models);
        allModels.putAll(models);
        return new Settings(
                model.or(farther::model),
                allModels,
                both(agents, farther.agents),
                mode.or(farther::mode),
                both(rules, farther.rules));
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
        return new Settings(
                caller.variable("YARDMASTER_MODEL").map(name -> new Sourced<>(name.strip(), "YARDMASTER_MODEL")),
                Map.of(),
                caller.variable("YARDMASTER_AGENTS").stream()
                        .flatMap(list -> Arrays.stream(list.split(File.pathSeparator)))
                        .filter(folder -> !folder.isBlank())
                        .map(folder -> new Sourced<>(caller.path(folder.strip()), "YARDMASTER_AGENTS"))
                        .toList(),
                mode,
                List.of());
    }
}
