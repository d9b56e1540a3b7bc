package dev.yardmaster.cli.terminal;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is known of the terminal.
 *
 * @param in whether standard input is one
 * @param out whether standard output is one
 * @param err whether standard error is one
 * @param columns how wide it is now; empty when nobody can tell
 */
public record Tty(boolean in, boolean out, boolean err, Supplier<Optional<Integer>> columns) {

    /** No terminal at all: pipes and files. */
    public static Tty none() {
        return new Tty(false, false, false, Optional::empty);
    }
}
