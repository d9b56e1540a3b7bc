package dev.yardmaster.cli.terminal;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who calls the command, and from where. Commands see nothing else of the process, so that a test is a caller, too.
 *
 * @param in what a person types
 * @param out for results
 * @param err for problems
 * @param environment the environment variables
 * @param folder the working folder, absolute
 * @param home the home folder, absolute
 * @param tty which of the three streams are a terminal, and how wide it is
 */
public record Caller(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Path folder,
        Path home,
        Tty tty) {

    public Caller {
        environment = Map.copyOf(new TreeMap<>(environment));
    }

    /** An environment variable that is set to something. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** A path as the caller writes it: relative to the working folder, {@code ~} for the home folder. */
    public Path path(String written) {
        if (written.equals("~") || written.startsWith("~/")) {
            return home.resolve(written.substring(Math.min(2, written.length())));
        }
        return folder.resolve(written);
    }
}
