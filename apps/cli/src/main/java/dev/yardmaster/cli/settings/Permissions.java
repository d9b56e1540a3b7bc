package dev.yardmaster.cli.settings;

import dev.yardmaster.permission.Decision.Behavior;
import dev.yardmaster.permission.Mode;
import dev.yardmaster.permission.Rule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What settings say of what may run.
 *
 * @param mode what runs without asking
 * @param rules allow, ask and deny rules
 * @param folders further folders that count as inside the workspace
 * @param bypassOff where mode bypassPermissions is switched off
 */
public record Permissions(
        Optional<Sourced<Mode>> mode, List<Rule> rules, List<Sourced<Path>> folders, Optional<String> bypassOff) {

    private static final Permissions NONE = new Permissions(Optional.empty(), List.of(), List.of(), Optional.empty());

    public Permissions {
        rules = List.copyOf(rules);
        folders = List.copyOf(folders);
    }

    public static Permissions none() {
        return NONE;
    }

    /** These over others: the nearer mode counts, all the rest adds up. */
    Permissions over(Permissions farther) {
        return new Permissions(
                mode.or(farther::mode),
                Stream.concat(rules.stream(), farther.rules.stream()).toList(),
                Stream.concat(folders.stream(), farther.folders.stream()).toList(),
                bypassOff.or(farther::bypassOff));
    }

    /** What of these lets more run than without them, for people. @param otherwise the mode without them */
    List<String> widening(Mode otherwise) {
        var lines = new ArrayList<String>();
        wider(otherwise).ifPresent(each -> lines.add("mode " + each.value().spelling() + " (" + each.source() + ")"));
        allowing().forEach(rule -> lines.add(rule.toString()));
        folders.forEach(each -> lines.add("folder " + each.value() + " (" + each.source() + ")"));
        return lines;
    }

    /** The same whatever the order and the lines they were written in: what is trusted is this, and nothing that comes later. */
    String fingerprint(Mode otherwise) {
        var items = new ArrayList<String>();
        wider(otherwise).ifPresent(each -> items.add("mode " + each.value().spelling()));
        allowing().forEach(rule -> items.add("allow " + rule.text().strip()));
        folders.forEach(each -> items.add("folder " + each.value()));
        String all = String.join("\n", items.stream().sorted().distinct().toList());
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** What of these lets nothing run that would not run without them. */
    Permissions narrowing(Mode otherwise) {
        return new Permissions(
                mode.filter(each -> each.value().isWithin(otherwise)),
                rules.stream().filter(rule -> rule.behavior() != Behavior.ALLOW).toList(),
                List.of(),
                bypassOff);
    }

    private Optional<Sourced<Mode>> wider(Mode otherwise) {
        return mode.filter(each -> !each.value().isWithin(otherwise));
    }

    private Stream<Rule> allowing() {
        return rules.stream().filter(rule -> rule.behavior() == Behavior.ALLOW);
    }
}
