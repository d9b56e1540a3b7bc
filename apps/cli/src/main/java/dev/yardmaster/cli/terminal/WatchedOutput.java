package dev.yardmaster.cli.terminal;

import dev.yardmaster.event.FileTrouble;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** A stream of the process that remembers why it could not be written: a {@code PrintStream} above it would not say. */
public final class WatchedOutput extends OutputStream {

    private final OutputStream out;
    private volatile String problem = "";

    public WatchedOutput(FileDescriptor descriptor) {
        this(new FileOutputStream(descriptor));
    }

    WatchedOutput(OutputStream out) {
        this.out = out;
    }

    /** Why something was lost. Empty when nothing was, or whoever read it had enough and closed the pipe. */
    public Optional<String> problem() {
        return Optional.of(problem).filter(each -> !each.isEmpty() && !each.contains("Broken pipe"));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            problem = FileTrouble.told(e);
            throw e;
        }
    }
}
