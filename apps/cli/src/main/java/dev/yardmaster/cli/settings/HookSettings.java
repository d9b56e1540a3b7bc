package dev.yardmaster.cli.settings;

import dev.yardmaster.event.Json;
import dev.yardmaster.hook.Hook;
import dev.yardmaster.hook.HookReader;
import dev.yardmaster.hook.Hooks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;

/**
 * The hooks that settings have.
 *
 * @param hooks those that can be asked
 * @param off where they are switched off: those of the same settings, and, when the caller does it, of all
 * @param failClosed whether one that fails denies what it was asked about
 * @param unguarded those that could have held something back, and are not run here
 */
public record HookSettings(Hooks hooks, Optional<String> off, boolean failClosed, List<String> unguarded) {

    private static final HookSettings NONE = new HookSettings(Hooks.none(), Optional.empty(), false, List.of());

    public static HookSettings none() {
        return NONE;
    }

    /**
     * Reads what stands behind the key {@code hooks}.
     *
     * @param problems is told of what cannot be understood
     * @param notes is told of what means nothing here
     */
    static HookSettings read(
            Node node,
            String source,
            Optional<Path> project,
            Consumer<UsageException> problems,
            Consumer<String> notes) {
        HookReader.Read read = HookReader.read(PlainNodes.of(node), source, project);
        read.passed().forEach(each -> notes.accept(source + ": " + each));
        read.problems().forEach(each -> problems.accept(new UsageException(each + "; correct it, or remove the hook")));
        return new HookSettings(read.hooks(), Optional.empty(), false, read.unguarded());
    }

    /** None, because they are switched off. */
    HookSettings none(Optional<String> where) {
        return new HookSettings(Hooks.none(), where, failClosed, List.of());
    }

    HookSettings failing(boolean closed) {
        return new HookSettings(hooks, off, closed, unguarded);
    }

    /** These over others: all add up. */
    HookSettings over(HookSettings farther) {
        return new HookSettings(
                hooks.and(farther.hooks),
                off.or(farther::off),
                failClosed || farther.failClosed,
                Stream.concat(unguarded.stream(), farther.unguarded.stream()).toList());
    }

    /** What one project's files come to: those of one are off when another of them says so. */
    HookSettings effective() {
        return off.isPresent() ? none(off) : this;
    }

    /** What of these counts without trust. */
    HookSettings untrusted() {
        return new HookSettings(Hooks.none(), Optional.empty(), failClosed, List.of());
    }

    /** All of it for a runtime. */
    public Hooks all() {
        return failClosed ? hooks.failClosed() : hooks;
    }

    /** They, for people. */
    public List<String> lines() {
        return hooks.all().stream()
                .map(hook -> "hook " + hook + " (" + hook.source() + ")")
                .toList();
    }

    /** Of other things and of these, the scripts that they run included: what is trusted is this. */
    String fingerprint(String others, Path folder) {
        return hooks.isEmpty()
                ? others
                : Json.of(Map.of("others", others, "hooks", essence(hooks, folder)))
                        .sha256();
    }

    static List<String> essence(Hooks hooks, Path folder) {
        var all = new ArrayList<String>();
        for (Hook hook : hooks.all()) {
            all.add(hook.toString());
            hook.command().ifPresent(command -> all.addAll(NamedScripts.hashes(command, folder)));
        }
        return all.stream().sorted().distinct().toList();
    }
}
