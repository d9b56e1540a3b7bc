package dev.yardmaster.cli.settings;

import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.workspace.Sandbox;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Sandboxes by the names people write. */
public final class Sandboxes {

    private static final String VARIABLE = "YARDMASTER_SANDBOX";

    private static final String LIMITS = "YARDMASTER_COMMAND_LIMITS";

    private Sandboxes() {}

    /** @throws UsageException when there is no use of one with this name */
    public static Sourced<Sandbox.Use> get(String name, String source) {
        List<String> names = Arrays.stream(Sandbox.Use.values())
                .map(use -> use.name().toLowerCase(Locale.ROOT))
                .toList();
        return Arrays.stream(Sandbox.Use.values())
                .filter(use -> use.name().equalsIgnoreCase(name.strip()))
                .findFirst()
                .map(use -> new Sourced<>(use, source))
                .orElseThrow(() -> new UsageException("there is no sandbox '" + name + "' (" + source + ")"
                        + DidYouMean.hint(name, names) + " (there are "
                        + names.stream().collect(Collectors.joining(", ")) + ")"));
    }

    /** What the environment says. @throws UsageException when that is none */
    static CommandSettings of(Caller caller) {
        List<String> limits = caller.variable(LIMITS).stream()
                .flatMap(text -> Arrays.stream(text.split("[,\\s]+")))
                .filter(text -> !text.isBlank())
                .toList();
        return CommandSettings.none()
                .with(caller.variable(VARIABLE).map(name -> get(name, VARIABLE)), false, List.of())
                .with(CommandAmounts.read(limits, LIMITS));
    }
}
