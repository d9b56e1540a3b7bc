package dev.yardmaster.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Lines that a person types. They are read on a thread of their own, so that somebody who waits for one can be
 * interrupted; reading itself cannot.
 */
public final class Keyboard {

    private final InputStream in;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private boolean reading;

    public Keyboard(InputStream in) {
        this.in = in;
    }

    /** Forgets what was typed before now: it was no answer to what is asked next. */
    public synchronized void forget() {
        if (reading) {
            lines.removeIf(Optional::isPresent);
            return;
        }
        try {
            while (in.available() > 0 && in.skip(in.available()) > 0) {}
        } catch (IOException e) {
            return; // nothing can be read, so nothing was typed
        }
    }

    /** Waits for the next line; empty at the end of the input (Ctrl-D). */
    public Optional<String> line() throws InterruptedException {
        synchronized (this) {
            if (!reading) {
                reading = true;
                Thread.ofPlatform().daemon().name("keyboard").start(this::read);
            }
        }
        return lines.take();
    }

    private void read() {
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        try {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(Optional.of(line));
            }
        } catch (IOException e) {
            // input that cannot be read has ended
        }
        synchronized (this) {
            reading = false; // on a terminal there may be more after an end
            lines.add(Optional.empty());
        }
    }
}
