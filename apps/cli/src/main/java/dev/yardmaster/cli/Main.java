package dev.yardmaster.cli;

import dev.yardmaster.cli.command.CommandTree;
import dev.yardmaster.cli.command.Exit;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.cli.terminal.Tty;
import dev.yardmaster.cli.terminal.WatchedOutput;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The process: its streams, its environment, its exit code. */
public final class Main {

    private static final long WIDTH_FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private Main() {}

    public static void main(String[] arguments) {
        if (CommandTree.wantsDebug(arguments)) {
            System.setProperty("yardmaster.log", "DEBUG"); // before the first logger is made
        }
        Path home = home();
        System.setProperty("user.home", home.toString()); // for all that looks there, rules about ~ among them
        var out = new WatchedOutput(FileDescriptor.out);
        var caller = new Caller(
                System.in,
                stream(out, false),
                stream(new WatchedOutput(FileDescriptor.err), true), // what is told meanwhile is told at once
                System.getenv(),
                Path.of("").toAbsolutePath(),
                home,
                tty());
        int exit = Cli.run(caller, arguments);
        caller.out().flush();
        if (out.problem().isPresent()) {
            caller.err()
                    .println("yardmaster: the output could not be written: "
                            + out.problem().get() + "; some of it is lost");
            exit = exit == Exit.DONE ? Exit.FAILED : exit;
        }
        caller.err().flush();
        System.exit(exit);
    }

    /**
     * The home folder as the shell means it by {@code ~}. Java looks it up by the user's number instead, which nobody may
     * know in a container; then there is none.
     */
    private static Path home() {
        return Stream.of(System.getenv("HOME"), System.getProperty("user.home"))
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(Path::isAbsolute)
                .findFirst()
                .orElse(Path.of("/nonexistent"));
    }

    private static PrintStream stream(WatchedOutput out, boolean lineByLine) {
        return new PrintStream(new BufferedOutputStream(out), lineByLine, StandardCharsets.UTF_8);
    }

    /** The launcher knows which streams are terminals; Java 21 cannot tell. */
    private static Tty tty() {
        var terminals = List.of(System.getProperty("yardmaster.terminal", "").split(","));
        boolean any = terminals.contains("out") || terminals.contains("err");
        return new Tty(
                terminals.contains("in"),
                terminals.contains("out"),
                terminals.contains("err"),
                any ? new Width()::columns : Optional::empty);
    }

    /** The terminal's width as {@code stty} says it, asked again when it may have changed. */
    private static final class Width {

        private Optional<Integer> known = Optional.empty();
        private long asked;

        synchronized Optional<Integer> columns() {
            if (asked == 0 || System.nanoTime() - asked > WIDTH_FRESH_NANOS) {
                known = ask();
                asked = System.nanoTime();
            }
            return known;
        }

        private static Optional<Integer> ask() {
            try {
                Process stty = new ProcessBuilder("stty", "size")
                        .redirectInput(Path.of("/dev/tty").toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
                int columns = said.matches("\\d+ \\d+") ? Integer.parseInt(said.split(" ")[1]) : 0;
                return columns > 0 ? Optional.of(columns) : Optional.empty();
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }
}
