package dev.yardmaster.cli.settings;

import dev.yardmaster.event.Json;
import dev.yardmaster.workspace.CommandLimits;
import dev.yardmaster.workspace.Sandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What settings say of how far commands are kept in, and what they may use up.
 *
 * @param use whether there is to be a sandbox; not, unless it is said
 * @param network whether commands in it reach the network
 * @param writable folders that it is opened for
 * @param readOnly what cannot be changed in it
 * @param hidden what looks empty in it
 * @param kept where it is said that no command may leave it
 * @param limits by their names; see {@link CommandAmounts}
 */
public record CommandSettings(
        Optional<Sourced<Sandbox.Use>> use,
        boolean network,
        List<Sourced<Path>> writable,
        List<Sourced<Path>> readOnly,
        List<Sourced<Path>> hidden,
        Optional<String> kept,
        Map<String, Sourced<Long>> limits) {

    private static final CommandSettings NONE =
            new CommandSettings(Optional.empty(), false, List.of(), List.of(), List.of(), Optional.empty(), Map.of());

    public CommandSettings {
        writable = List.copyOf(writable);
        readOnly = List.copyOf(readOnly);
        hidden = List.copyOf(hidden);
        limits = java.util.Collections.unmodifiableMap(new TreeMap<>(limits));
    }

    public static CommandSettings none() {
        return NONE;
    }

    /** These with a word on whether there is to be a sandbox, and what it is opened for. */
    public CommandSettings with(Optional<Sourced<Sandbox.Use>> word, boolean reached, List<Sourced<Path>> folders) {
        return new CommandSettings(word, reached, folders, readOnly, hidden, kept, limits);
    }

    /** These with limits by name. */
    public CommandSettings with(Map<String, Sourced<Long>> amounts) {
        return new CommandSettings(use, network, writable, readOnly, hidden, kept, amounts);
    }

    /** These over others: the nearer word and limit counts, all the rest adds up. */
    CommandSettings over(CommandSettings farther) {
        var amounts = new TreeMap<>(farther.limits);
        amounts.putAll(limits);
        return new CommandSettings(
                use.or(farther::use),
                network || farther.network,
                both(writable, farther.writable),
                both(readOnly, farther.readOnly),
                both(hidden, farther.hidden),
                kept.or(farther::kept),
                amounts);
    }

    private static List<Sourced<Path>> both(List<Sourced<Path>> near, List<Sourced<Path>> far) {
        return Stream.concat(near.stream(), far.stream()).toList();
    }

    /** What of a project's counts beside the user's own: it can ask for a sandbox, not take one away. */
    CommandSettings notLooserThan(CommandSettings own) {
        int most = own.use.map(each -> each.value().ordinal()).orElse(Sandbox.Use.OFF.ordinal());
        return with(use.filter(each -> each.value().ordinal() < most), network, writable);
    }

    /** What of a project's lets commands do more than without it, for people. */
    List<String> widening() {
        return writable.stream()
                .map(each -> "commands may write " + each.value() + " (" + each.source() + ")")
                .toList();
    }

    /** The same for the same widening. @param others of all other settings; itself, where there is none */
    String fingerprint(String others) {
        if (writable.isEmpty()) {
            return others;
        }
        var all = new ArrayList<String>();
        writable.stream()
                .map(each -> each.value().toString())
                .sorted()
                .distinct()
                .forEach(all::add);
        all.add(others);
        return Json.of(all).sha256();
    }

    /** What of these lets commands do no more than without them. */
    CommandSettings narrowing() {
        return with(use, false, List.of());
    }

    /** What all of it comes to. */
    public Sandbox sandbox() {
        var all = new Sandbox(use.map(Sourced::value).orElse(Sandbox.Use.OFF), network, values(writable))
                .without(values(readOnly), values(hidden))
                .withLimits(CommandAmounts.limits(limits, CommandLimits.defaults()));
        return kept.isPresent() ? all.unleavable() : all;
    }

    private static List<Path> values(List<Sourced<Path>> paths) {
        return paths.stream().map(Sourced::value).distinct().toList();
    }
}
