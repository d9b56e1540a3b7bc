package dev.yardmaster.journal.jdbc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A process that holds leases.
 *
 * @param host one boot of one machine; on Linux one process namespace of it
 * @param started when it started, in a unit of the platform: tells it from a later process of the same number
 */
record OwnerProcess(String host, long pid, long started) {

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final OwnerProcess CURRENT = new OwnerProcess(
            thisHost(),
            ProcessHandle.current().pid(),
            startOf(ProcessHandle.current().pid()));

    static OwnerProcess current() {
        return CURRENT;
    }

    boolean isHere() {
        return host.equals(CURRENT.host);
    }

    /** Whether it has certainly ended; of another machine's processes one cannot know. */
    boolean isGone() {
        return isHere() && startOf(pid) != started;
    }

    /** Whether uptimes of processes of this host can be compared: they are the same clock. */
    boolean sharesUptime() {
        return isHere() && Files.exists(BOOT);
    }

    private static String thisHost() {
        try {
            return Files.readString(BOOT).strip() + "/" + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException e) {
            return hostName();
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    /** When a process started; -1 when there is none. A process that is dead and not yet collected is none. */
    private static long startOf(long pid) {
        if (Files.exists(BOOT)) {
            try {
                String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
                // fields after the name, which may contain anything: state is the first, start in clock ticks the 20th
                String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
                return fields[0].equals("Z") || fields[0].equals("X") ? -1 : Long.parseLong(fields[19]);
            } catch (IOException e) {
                return -1;
            }
        }
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .map(Instant::toEpochMilli)
                .orElse(-1L);
    }

    @Override
    public String toString() {
        return "process " + pid + (isHere() ? " on this machine" : " on machine '" + host + "'");
    }
}
