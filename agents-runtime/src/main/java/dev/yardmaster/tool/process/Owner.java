package dev.yardmaster.tool.process;

import dev.yardmaster.workspace.CommandLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who this process is. Root makes namespaces as it is, others own a namespace of users first. */
record Owner(String uid, String gid) {

    /** The kernel takes no less. */
    private static final long LEAST = 301;

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*", Pattern.DOTALL);

    /** @throws IOException where there is no Linux {@code /proc} */
    static Owner ofThisProcess() throws IOException {
        Path self = Path.of("/proc/self");
        return new Owner(
                String.valueOf(Files.getAttribute(self, "unix:uid")),
                String.valueOf(Files.getAttribute(self, "unix:gid")));
    }

    boolean isRoot() {
        return uid.equals("0");
    }

    /** Whether the processes of one command can be counted for it alone, where it has a namespace of them. */
    boolean isCounted() {
        Matcher version = VERSION.matcher(System.getProperty("os.version", ""));
        return !isRoot()
                || version.matches()
                        && (Integer.parseInt(version.group(1)) > 6
                                || Integer.parseInt(version.group(1)) == 6 && Integer.parseInt(version.group(2)) >= 14);
    }

    /**
     * The shell's line that limits how many processes root may have in a namespace; empty where that cannot be, and for
     * others, whom {@code ulimit} holds. No other limit holds for root, and this one is the namespace's own since Linux
     * 6.14; before, it would be everybody's.
     */
    String limit(long processes) {
        return isRoot() && isCounted() && processes != CommandLimits.UNLIMITED
                ? "echo " + Math.max(processes, LEAST) + " >/proc/sys/kernel/pid_max\n"
                : "";
    }
}
