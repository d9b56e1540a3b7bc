package dev.yardmaster.cli;

import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.cli.terminal.Tty;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The process: its streams, its environment, its exit code. */
public final class Main {

    private static final long WIDTH_FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private Main() {}

    public static void main(String[] arguments) {
        var caller = new Caller(
                System.in,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Path.of(System.getProperty("user.home")).toAbsolutePath(),
                tty());
        int exit = Cli.run(caller, arguments);
        caller.out().flush();
        caller.err().flush();
        System.exit(exit);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
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
