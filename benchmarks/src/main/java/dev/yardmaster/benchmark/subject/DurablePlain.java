package dev.yardmaster.benchmark.subject;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What one would write without a library: a file for each run, a line for each change, {@code fdatasync} after it. */
final class DurablePlain implements Durable {

    private final Path folder;
    private final AtomicInteger runs = new AtomicInteger();

    DurablePlain(Path folder) {
        this.folder = folder;
    }

    private Path next() {
        return folder.resolve("run" + runs.incrementAndGet());
    }

    /** A run's file. */
    private record Log(FileChannel channel) implements AutoCloseable {

        static Log open(Path file) throws IOException {
            return new Log(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        }

        void append(String line) throws IOException {
            var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        void sync() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    @Override
    public Work run(int steps, int characters) {
        String text = Durable.text(characters);
        return () -> {
            try (Log log = Log.open(next())) {
                log.append(text);
                return notes(log, steps);
            }
        };
    }

    private static Object notes(Log log, int steps) throws IOException {
        var notes = new ArrayList<String>();
        for (int i = 0; i < steps; i++) {
            notes.add(NOTE);
            log.append(NOTE);
            log.sync();
        }
        return notes;
    }

    @Override
    public Work effects(int steps, Timed timed) {
        return () -> {
            try (Log log = Log.open(next())) {
                for (int i = 0; i < steps; i++) {
                    long began = System.nanoTime();
                    log.append("started " + i + " " + NOTE);
                    log.sync();
                    log.append("finished " + i + " " + NOTE);
                    timed.took(System.nanoTime() - began);
                }
                log.sync();
            }
            return NOTE;
        };
    }

    @Override
    public Work replies(int replies, int characters) {
        return () -> {
            try (Log log = Log.open(next())) {
                for (int i = 0; i < replies; i++) {
                    log.append(Durable.text(characters));
                    log.sync();
                }
            }
            return NOTE;
        };
    }

    @Override
    public void begin(int steps) throws IOException {
        try (Log log = Log.open(folder.resolve("interrupted"))) {
            notes(log, steps - 1);
        }
    }

    @Override
    public void resume(int steps) throws IOException {
        Path file = folder.resolve("interrupted");
        int done = Files.readAllLines(file).size();
        try (Log log = Log.open(file)) {
            notes(log, steps - done);
        }
    }

    @Override
    public void close() {}
}
