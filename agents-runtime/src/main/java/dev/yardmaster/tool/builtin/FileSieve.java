package dev.yardmaster.tool.builtin;

import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.UnusablePathException;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Which of many files hold one of some texts, found out several at a time and told in their order: most hold none, and to
 * open and read them is what takes the time. Not thread-safe.
 */
final class FileSieve implements AutoCloseable {

    private static final int AHEAD = 128;
    private static final int FEW = 64;
    private static final int MOST_THREADS = 8;
    /** What is larger is left to whoever reads it piece by piece. */
    private static final int LARGE = 1 << 20;

    private final Workspace workspace;
    private final List<String> texts;
    private final List<Path> files;
    private final ExecutorService threads;
    private final Deque<Future<Boolean>> ahead = new ArrayDeque<>();
    private int submitted;

    private FileSieve(Workspace workspace, List<String> texts, List<Path> files, ExecutorService threads) {
        this.workspace = workspace;
        this.texts = texts;
        this.files = files;
        this.threads = threads;
    }

    /** Whether it is worth it: texts that are the same bytes in every charset that files are read in, and enough files. */
    static boolean fits(List<String> texts, List<Path> files) {
        return files.size() > FEW
                && !texts.isEmpty()
                && texts.stream()
                        .allMatch(text ->
                                text.chars().allMatch(c -> c >= ' ' && c < 128)); // ends of lines are read as one
    }

    static FileSieve of(Workspace workspace, List<String> texts, List<Path> files) {
        int count = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        return new FileSieve(
                workspace,
                texts,
                files,
                Executors.newFixedThreadPool(
                        count,
                        Thread.ofPlatform().daemon().name("yardmaster-grep-", 0).factory()));
    }

    /** Whether the next file may hold one. */
    boolean next() throws InterruptedException {
        while (submitted < files.size() && ahead.size() < AHEAD) {
            Path file = files.get(submitted++);
            ahead.add(threads.submit(() -> mayHold(file)));
        }
        try {
            return ahead.remove().get();
        } catch (ExecutionException e) {
            return true; // whoever reads it says what is wrong
        }
    }

    private boolean mayHold(Path file) throws IOException {
        try (SeekableByteChannel channel = workspace.open(new ResolvedPath(file, file))) {
            long size = channel.size();
            if (size > LARGE) {
                return true;
            }
            var bytes = ByteBuffer.allocate((int) size + 1);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
            if (!bytes.hasRemaining() || isWide(bytes.array())) {
                return true; // it grew, or is no text of single bytes
            }
            var content = new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
            return texts.stream().anyMatch(content::contains);
        } catch (UnusablePathException e) {
            return true;
        }
    }

    /** Whether it begins with a mark of UTF-16. */
    private static boolean isWide(byte[] bytes) {
        return bytes.length > 1
                && (bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe
                        || bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
