package dev.yardmaster.cli;

import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.cli.terminal.Tty;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Calls the command in a folder of its own, without a process. */
final class Calls {

    /** What a call said. */
    record Said(int exit, String out, String err) {}

    private final Path folder;
    private final Path home;
    private final Map<String, String> environment = new HashMap<>(
            Map.of("PATH", System.getenv("PATH"), "YARDMASTER_ROUTER", "lexical")); // quicker; RouteTest has the other
    private Tty tty = Tty.none();
    private String typed = "";

    Calls(Path temporary) throws IOException {
        this(Files.createDirectories(temporary.resolve("here")), Files.createDirectories(temporary.resolve("home")));
    }

    private Calls(Path folder, Path home) {
        this.folder = folder;
        this.home = home;
    }

    /** The same caller, in a folder below. */
    Calls in(String below) {
        return new Calls(folder.resolve(below), home);
    }

    Path folder() {
        return folder;
    }

    Calls with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** A person at a terminal of this width, who types this. */
    Calls atTerminal(int columns, String lines) {
        tty = new Tty(true, true, true, () -> Optional.of(columns));
        typed = lines;
        return this;
    }

    /** A program that writes this to the command's input. */
    Calls piping(String input) {
        typed = input;
        return this;
    }

    /** A person at a terminal whose output goes to a file or a program, all of it. */
    Calls withOutputElsewhere() {
        tty = new Tty(true, false, false, Optional::empty);
        return this;
    }

    Path file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    Said call(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var caller = new Caller(
                new Typing(typed),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                folder,
                home,
                tty);
        int exit = Cli.run(caller, arguments);
        return new Said(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Somebody who types a line when it is waited for, and nothing ahead. */
    private static final class Typing extends ByteArrayInputStream {

        Typing(String lines) {
            super(lines.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public synchronized int available() {
            return 0;
        }
    }
}
