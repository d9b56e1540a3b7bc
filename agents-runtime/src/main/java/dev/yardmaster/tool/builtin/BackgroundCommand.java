package dev.yardmaster.tool.builtin;

import com.google.re2j.Pattern;
import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.tool.process.CommandFolder;
import dev.yardmaster.tool.process.RunningCommand;
import dev.yardmaster.tool.process.ShellCommand;
import dev.yardmaster.workspace.CommandLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** A command that runs beside its agent's turns. Thread-safe. */
final class BackgroundCommand {

    /** A reader need not come again at once: most commands say something soon. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final String id;
    private final String command;
    private final CommandLimits limits;
    private final long started = System.nanoTime();
    private final RunningCommand process;
    private final BackgroundOutput output;
    private final Thread watcher;
    private volatile String ended = "";
    private volatile boolean killed;

    private BackgroundCommand(String id, ShellCommand command, RunningCommand process) {
        this.id = id;
        this.command = command.text();
        this.limits = command.sandbox().limits();
        this.process = process;
        this.output = new BackgroundOutput(process);
        this.watcher = Thread.ofVirtual().start(this::watch);
    }

    static BackgroundCommand start(String id, ShellCommand command, CommandFolder folder) throws IOException {
        return new BackgroundCommand(id, command, command.start(folder));
    }

    private void watch() {
        try {
            int exitCode = process.await();
            String seconds = seconds();
            String limit =
                    process.limit().map(each -> " (" + each.text(limits) + ")").orElse("");
            ended = killed
                    ? "killed after " + seconds
                    : "ended with exit code " + exitCode + " after " + seconds + limit;
        } catch (IOException e) {
            ended = "ended after " + seconds() + "; how cannot be read: " + FileTrouble.told(e);
        } catch (InterruptedException e) {
            ended = "killed after " + seconds();
        }
    }

    private String seconds() {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - started) / 1e9);
    }

    boolean isRunning() {
        return ended.isEmpty();
    }

    /** {@code bash_3f2a: npm run dev} */
    String title() {
        String line = command.lines().findFirst().orElse("");
        return id + ": " + (line.length() <= 80 ? line : line.substring(0, 77) + "…");
    }

    String status() {
        return isRunning() ? "running for " + seconds() : ended;
    }

    /** What it printed since this was last asked, and how it stands. @param filter which lines are wanted */
    String news(Optional<Pattern> filter) throws IOException, InterruptedException {
        output.awaitNews(PATIENCE);
        if (process.isOver()) {
            watcher.join(GRACE); // so that what it printed last is said together with its end
        }
        boolean over = !isRunning();
        String printed = output.next(
                over, line -> filter.map(each -> each.matcher(line).find()).orElse(true));
        String none = filter.isPresent() ? "(no new output that matches)" : "(no new output)";
        return (printed.isEmpty() ? none : printed) + "\n" + (over ? ended : status());
    }

    /** Kills it with all that it started. */
    void kill() {
        if (isRunning()) {
            killed = true;
            process.end();
        }
    }

    /** Waits until it is gone. */
    void awaitEnd() throws InterruptedException {
        awaitEnd(GRACE);
    }

    /** The same, and no longer than that. */
    void awaitEnd(Duration atMost) throws InterruptedException {
        watcher.join(atMost);
    }
}
