package dev.yardmaster.workspace;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What one command may use up, together with all that it starts. The defaults are meant to stop what runs away and
 * nothing else; {@link #UNLIMITED} lifts a limit.
 *
 * @param processes processes and threads at once; held where they can be told from those of others
 * @param memory bytes of memory; 0 for three quarters of the machine's
 * @param file bytes that one file may grow to
 * @param free bytes that have to stay free on the disks it writes to; where less than twice as much was free when it
 *     began, half of that. 0 to let it fill them
 */
public record CommandLimits(long processes, long memory, long file, long free) {

    public static final long UNLIMITED = Long.MAX_VALUE;

    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    /** As podman has it. */
    private static final long PROCESSES = 2_048;

    private static final long OF_THE_MACHINE = 0;

    private static final CommandLimits DEFAULTS = new CommandLimits(PROCESSES, OF_THE_MACHINE, 16 * GIB, GIB);
    private static final CommandLimits NONE = new CommandLimits(UNLIMITED, UNLIMITED, UNLIMITED, 0);

    public CommandLimits {
        if (processes < 1 || memory != OF_THE_MACHINE && memory < MIB || file < 1 || free < 0) {
            throw new IllegalArgumentException(
                    "a command needs at least 1 process, 1 MiB of memory and files of 1 byte,"
                            + " and cannot leave less than nothing free: processes " + processes + ", memory " + memory
                            + ", file " + file + ", free " + free);
        }
    }

    /** 2,048 processes, three quarters of the machine's memory, files of 16 GiB, 1 GiB that stays free. */
    public static CommandLimits defaults() {
        return DEFAULTS;
    }

    /** No limits: what a command's user may use up, it may. */
    public static CommandLimits none() {
        return NONE;
    }

    /** Bytes of memory. */
    @Override
    public long memory() {
        return memory == OF_THE_MACHINE ? Machine.THREE_QUARTERS : memory;
    }

    /** Asked when a command is about to be run: what Java knows of its machine is a hundred classes. */
    private static final class Machine {

        static final long THREE_QUARTERS = threeQuarters();

        /** Of a container that is narrower than its machine, that of the container. */
        private static long threeQuarters() {
            return ManagementFactory.getOperatingSystemMXBean()
                            instanceof com.sun.management.OperatingSystemMXBean machine
                    ? Math.max(machine.getTotalMemorySize() / 4 * 3, GIB)
                    : UNLIMITED;
        }
    }

    public CommandLimits withProcesses(long most) {
        return new CommandLimits(most, memory, file, free);
    }

    public CommandLimits withMemory(long most) {
        return new CommandLimits(processes, most, file, free);
    }

    public CommandLimits withFile(long most) {
        return new CommandLimits(processes, memory, most, free);
    }

    public CommandLimits withFree(long least) {
        return new CommandLimits(processes, memory, file, least);
    }

    /** As people write it: {@code 1.5 GiB}. */
    public static String text(long bytes) {
        if (bytes < KIB) {
            return bytes + " bytes";
        }
        double unit = bytes < MIB ? KIB : bytes < GIB ? MIB : GIB;
        String number = String.format(Locale.ROOT, "%.1f", bytes / unit);
        return (number.endsWith(".0") ? number.substring(0, number.length() - 2) : number)
                + (unit == KIB ? " KiB" : unit == MIB ? " MiB" : " GiB");
    }
}
