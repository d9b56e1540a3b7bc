package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.dispatch.ModelChoice;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flag that says how sure the router has to be. */
final class Sureness {

    private static final String FLAG = "--sure";
    private static final String VARIABLE = "YARDMASTER_SURE";

    @Option(
            names = FLAG,
            paramLabel = "PERCENT",
            description =
                    "Have the model choose among the best few when the router is less sure than this, or found nobody;"
                            + " 60 unless given, 0 for never; also YARDMASTER_SURE")
    private @Nullable String sure;

    /** How sure the router has to be, from 0 to 1, where that was said. @throws UsageException when it is no percentage */
    Optional<Double> sure() {
        return Optional.ofNullable(sure).map(text -> share(FLAG, text));
    }

    /** When a model is asked. @throws UsageException when the percentage is none */
    ModelChoice choice(Caller caller) {
        return sure().map(ModelChoice.defaults()::below).orElseGet(() -> unlessGiven(caller));
    }

    /** When a model is asked where no flag says it. @throws UsageException when the environment does, and it is no percentage */
    static ModelChoice unlessGiven(Caller caller) {
        return caller.variable(VARIABLE)
                .map(text -> ModelChoice.defaults().below(share(VARIABLE, text)))
                .orElseGet(ModelChoice::defaults);
    }

    private static double share(String source, String text) {
        try {
            double percent = Double.parseDouble(text.strip().replaceFirst("\\s*%$", ""));
            if (percent >= 0 && percent <= 100) {
                return percent / 100;
            }
        } catch (NumberFormatException e) {
            // told below, as what is out of range
        }
        throw new UsageException(source + " takes a percentage from 0 to 100, not '" + text + "'");
    }
}
