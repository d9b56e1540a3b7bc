package dev.yardmaster.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
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
        var one = ByteBuffer.allocate(1);
        assertThat(both.getChannel().read(one)).isEqualTo(1); // ends when it is interrupted
        assertThat(one.get(0)).isEqualTo((byte) '\n');
    }

    @Override
    public void close() throws IOException {
        both.close();
    }

    /** As a word for the shell, between quotation marks too. */
    @Override
    public String toString() {
        return word(path);
    }

    static String word(Path path) {
        return path.toString().replace(" ", "\\ ");
    }
}
