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
        Settings all = over(environment(caller));
        for (Path file : SettingsFiles.of(caller)) {
            all = all.over(new SettingsFile(file, caller).read());
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

    private static Settings environment(Caller caller) {
        return new Settings(
                caller.variable("YARDMASTER_MODEL").map(name -> new Sourced<>(name.strip(), "YARDMASTER_MODEL")),
                Map.of(),
                caller.variable("YARDMASTER_AGENTS").stream()
                        .flatMap(list -> Arrays.stream(list.split(File.pathSeparator)))
                        .filter(folder -> !folder.isBlank())
                        .map(folder -> new Sourced<>(caller.path(folder.strip()), "YARDMASTER_AGENTS"))
                        .toList(),
                caller.variable("YARDMASTER_MODE").map(name -> Modes.get(name, "YARDMASTER_MODE")),
                List.of());
    }
}
