package dev.yardmaster.journal.jdbc.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Who started this process, told of what happens and heard of what to do, a line each. */
final class Parent {

    private final PrintStream to = System.out;
    private final BufferedReader from = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    Parent() {
        System.setOut(System.err); // nothing else is said there
        ProcessHandle.current()
                .parent()
                .ifPresent(parent ->
                        parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
    }

    void tell(String line) {
        synchronized (to) {
            to.println(line);
            to.flush();
        }
    }

    /** Waits for the next line; empty when there will be none. */
    Optional<String> hear() {
        try {
            return Optional.ofNullable(from.readLine());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
