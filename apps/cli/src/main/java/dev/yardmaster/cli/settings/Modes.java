package dev.yardmaster.cli.settings;

import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.permission.Mode;
import java.util.Arrays;
import java.util.List;

/** Permission modes by the names people write. */
public final class Modes {

    private Modes() {}

    /** @throws UsageException when there is no mode of this name */
    public static Sourced<Mode> get(String name, String source) {
        return Mode.find(name)
                .map(mode -> new Sourced<>(mode, source))
                .orElseThrow(() -> new UsageException("there is no mode '" + name + "' (" + source + ")"
                        + DidYouMean.hint(name, names()) + " (there are " + String.join(", ", names()) + ")"));
    }

    /** As they are written. */
    public static List<String> names() {
        return Arrays.stream(Mode.values()).map(Mode::spelling).toList();
    }
}
