package dev.yardmaster.hook;

import dev.yardmaster.tool.builtin.ShellScript;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;

/**
 * A command that reads the event as JSON and answers by its exit code and what it prints.
 *
 * @param command as for {@code bash -c}
 * @param shown as it was written
 * @param project the folder whose settings it is of; empty for those of the home folder
 */
record CommandHandler(String command, String shown, Duration timeout, Optional<Path> project)
        implements WrittenHandler {

    static final String PROJECT = "CLAUDE_PROJECT_DIR";

    @Override
    public HookAnswer run(HookInput input) throws InterruptedException {
        try {
            return answer(input.event(), script(input).run());
        } catch (IOException e) {
            return HookAnswer.failed("'" + shown + "' could not be started: " + e.getMessage());
        }
    }

    /** Runs it for nobody who waits. @return what it printed and how it ended, for a log */
    String errand(HookInput input) throws InterruptedException {
        try {
            ShellScript.Ended ended = script(input).run();
            String end = ended.exitCode().map(code -> "exit code " + code).orElse("stopped, it took too long");
            return PrintedAnswer.bounded(
                    (end + "\n" + ended.out().strip() + "\n" + ended.err().strip()).strip());
        } catch (IOException e) {
            return "could not be started: " + e.getMessage();
        }
    }

    private ShellScript script(HookInput input) {
        var variables = new HashMap<>(input.variables());
        variables.put(PROJECT, project.orElse(input.folder()).toString());
        return new ShellScript(command, input.folder(), variables, input.json().text() + "\n", timeout);
    }

    private HookAnswer answer(HookEvent event, ShellScript.Ended ended) {
        if (ended.exitCode().isEmpty()) {
            return HookAnswer.failed(
                    "'" + shown + "' did not end within " + timeout.toMillis() + " ms and was stopped");
        }
        return switch (ended.exitCode().get()) {
            case 0 -> PrintedAnswer.of(event, ended.out());
            case 2 ->
                HookAnswer.deny(PrintedAnswer.bounded(
                        ended.err().isBlank()
                                ? "'" + shown + "' ended with exit code 2"
                                : ended.err().strip()));
            default ->
                HookAnswer.failed("'" + shown + "' ended with exit code "
                        + ended.exitCode().get()
                        + ended.err()
                                .lines()
                                .map(String::strip)
                                .filter(line -> !line.isEmpty())
                                .findFirst()
                                .map(line -> ": " + line)
                                .orElse(""));
        };
    }
}
