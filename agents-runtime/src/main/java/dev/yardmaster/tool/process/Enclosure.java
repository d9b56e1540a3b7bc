package dev.yardmaster.tool.process;

import dev.yardmaster.workspace.CommandLimits;
import java.nio.file.Path;
import java.util.Optional;

/** What holds a command in, and where its memory can be counted. */
record Enclosure(Cell cell, Optional<MemoryGroups> groups) {

    /** The place of a group for one command, if these limits need one and there can be one. */
    Optional<Path> group(CommandLimits limits) {
        boolean limited = limits.memory() != CommandLimits.UNLIMITED || limits.processes() != CommandLimits.UNLIMITED;
        return limited ? groups.map(MemoryGroups::fresh) : Optional.empty();
    }
}
