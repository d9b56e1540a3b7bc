package dev.yardmaster.tool.process;

import dev.yardmaster.workspace.CommandLimits;
import java.util.List;

/**
 * What is said of limits, those that cannot be held here included.
 *
 * @param grouped whether the kernel holds memory
 * @param counted whether processes can be counted for one command
 */
record LimitText(CommandLimits limits, boolean grouped, boolean counted) {

    List<String> lines() {
        return List.of(memory(), processes(), files());
    }

    private String memory() {
        if (limits.memory() == CommandLimits.UNLIMITED) {
            return "memory of a command: not limited";
        }
        String most = "memory of a command: at most " + CommandLimits.text(limits.memory());
        if (grouped) {
            return most + ", held by the kernel (a cgroup)";
        }
        return UsedMemory.isTold()
                ? most + ", looked at some times a second (no cgroup can be made here)"
                : "memory of a command: not limited here, for want of a Linux with /proc";
    }

    private String processes() {
        if (limits.processes() == CommandLimits.UNLIMITED) {
            return "processes of a command: not limited";
        }
        return counted
                ? "processes of a command: at most " + limits.processes()
                : "processes of a command: not limited here, for they cannot be told from those of others";
    }

    private String files() {
        String size = limits.file() == CommandLimits.UNLIMITED
                ? "files may grow to any size"
                : "a file may grow to " + CommandLimits.text(limits.file());
        return size
                + (limits.free() == 0
                        ? "; the disk may be filled"
                        : "; " + CommandLimits.text(limits.free()) + " of the disk stay free");
    }
}
