package dev.yardmaster.tool;

import dev.yardmaster.workspace.Workspace;

/**
 * What a call was permitted to touch. A tool asks it at the moment of use, for exactly what it is about to touch: between
 * the decision and that moment a link may have come to lead elsewhere, and a folder that may be searched can hold files
 * that may not be read. Thread-safe.
 */
@FunctionalInterface
public interface Grant {

    boolean covers(Access access);

    /** Whatever lies inside the workspace. */
    static Grant inside(Workspace workspace) {
        return access -> switch (access) {
            case Access.Reads reads -> workspace.contains(reads.target());
            case Access.Writes writes -> workspace.contains(writes.target());
            case Access.Runs runs -> true;
            case Access.Fetches fetches -> true;
            case Access.Leaves leaves -> true;
            case Access.Own own -> true;
            case Access.Unknown unknown -> true;
        };
    }
}
