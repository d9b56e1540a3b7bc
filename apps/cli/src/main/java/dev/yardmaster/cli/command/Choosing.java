package dev.yardmaster.cli.command;

import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.dispatch.ModelChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that say how a specialist is found. */
final class Choosing {

    @Option(
            names = "--label",
            paramLabel = "LABEL",
            description =
                    "What kind of task it is: 'labels' in yardmaster.yml says whose work that is; may be repeated")
    private List<String> labels = new ArrayList<>();

    @Mixin
    private Sureness sureness = new Sureness();

    List<String> labels() {
        return labels.stream().map(String::strip).toList();
    }

    /** How sure the router has to be, from 0 to 1, where that was said. */
    Optional<Double> sure() {
        return sureness.sure();
    }

    /** When a model is asked. */
    ModelChoice choice(Caller caller) {
        return sureness.choice(caller);
    }
}
