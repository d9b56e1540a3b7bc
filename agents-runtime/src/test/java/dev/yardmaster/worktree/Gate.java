package dev.yardmaster.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** A named pipe between a test and a script: one waits at it ({@code read x < PATH}) until the other opens it ({@code echo > PATH}). */
record Gate(Path path, RandomAccessFile both) implements AutoCloseable {

    static Gate at(Path path) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                .isZero();
        return new Gate(
                path,
                new RandomAccessFile(path.toFile(), "rw")); // open at both ends: nobody waits for the other to come
    }

    void open() throws IOException {
        both.write('\n');
    }

    void await() throws IOException {
        assertThat(both.read()).isEqualTo('\n');
    }

    @Override
    public void close() throws IOException {
        both.close();
    }

    @Override
    public String toString() {
        return "'" + path + "'";
    }
}
