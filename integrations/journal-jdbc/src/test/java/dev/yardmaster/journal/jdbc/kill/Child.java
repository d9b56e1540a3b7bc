package dev.yardmaster.journal.jdbc.kill;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A process that runs the workflow. */
final class Child implements AutoCloseable {

    private static final long LONGEST_JOB_SECONDS = 90;

    private final Process process;
    private final BufferedWriter to;
    private final BufferedReader from;
    private CountDownLatch working = new CountDownLatch(0);

    Child(List<String> command, Path errors) throws IOException {
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        to = process.outputWriter(StandardCharsets.UTF_8);
        from = process.inputReader(StandardCharsets.UTF_8);
    }

    void begin(Job job) throws IOException {
        var over = new CountDownLatch(1);
        working = over;
        Thread.ofVirtual().start(() -> killIfStuck(over));
        say(job.line());
    }

    private void killIfStuck(CountDownLatch over) {
        try {
            if (!over.await(LONGEST_JOB_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }

    private void say(String line) throws IOException {
        to.write(line);
        to.newLine();
        to.flush();
    }

    /** What it says next. @throws IOException when it says nothing more, because it is gone or stuck */
    String hear() throws IOException {
        String line = from.readLine();
        if (line == null) {
            throw new IOException("the process died by itself, or was stuck");
        }
        if (line.equals("end")) {
            working.countDown();
        }
        return line;
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
        working.countDown();
    }

    /** SIGSTOP. */
    void stop() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /** SIGCONT, and no more standing still. */
    void goOn() throws IOException, InterruptedException {
        signal("-CONT");
        say("go");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("kill " + signal + " failed");
        }
    }

    /** Lets it end when its job is done. */
    @Override
    public void close() throws IOException {
        to.close();
        try {
            if (!process.waitFor(LONGEST_JOB_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
