package dev.yardmaster.tool.process;

import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Commands that {@code sleep 1000.21} seconds and the like until somebody kills them, and are looked for among all
 * processes. Somebody else may run the same tests on this machine: ours sleep a little longer than theirs.
 */
public final class Sleepers {

    private static final Pattern SLEEP = Pattern.compile("sleep 1000\\.\\d+");
    private static final String LONGER =
            String.valueOf(ThreadLocalRandom.current().nextInt(100_000_000, 1_000_000_000));

    private Sleepers() {}

    /** The command with what makes its sleepers ours. */
    public static String ours(String command) {
        return SLEEP.matcher(command).replaceAll("$0" + LONGER);
    }

    /** Whether one of ours sleeps. One that is dead, and only to be taken note of, does not. @param seconds {@code 1000.21} */
    public static boolean live(String seconds) {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").endsWith(" " + seconds + LONGER));
    }
}
