package dev.yardmaster.tool.process;

import dev.yardmaster.workspace.Limits;
import java.nio.file.Path;
import java.util.Optional;

/** What holds a command in, and where its memory can be counted. */
record Enclosure(Cell cell, Optional<MemoryGroups> groups) {

    /** The place of a group for one command, if these limits need one and there can be one. */
    Optional<Path> group(Limits limits) {
        boolean limited = limits.memory() != Limits.UNLIMITED || limits.processes() != Limits.UNLIMITED;
        return limited ? groups.map(MemoryGroups::fresh) : Optional.empty();
    }
}
