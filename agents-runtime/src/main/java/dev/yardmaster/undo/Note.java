package dev.yardmaster.undo;

import java.util.Optional;

/**
 * A line of what is known of a run's changes.
 *
 * @param path absolute, links followed; the workspace's root for {@link Kind#ROOT}
 * @param state empty when there is nothing under the path
 * @param text for {@link Kind#UNDONE} when
 */
record Note(int v, Kind kind, String path, Optional<PathState> state, String text) {

    static final int VERSION = 1;

    /** What a line says. */
    enum Kind {
        ROOT,
        /** What was there when the run had not changed it. The first of a path counts. */
        WAS,
        /** A tool is about to change it. */
        BEGAN,
        /** What was there when the run had changed it. The last counts. */
        IS,
        /** All that is in the workspace was noted, or, with a text, why not. */
        TREE,
        COMMAND_BEGAN,
        COMMAND_ENDED,
        UNDONE
    }

    static Note of(Kind kind, String path, Optional<PathState> state) {
        return new Note(VERSION, kind, path, state, "");
    }

    static Note of(Kind kind, String text) {
        return new Note(VERSION, kind, "", Optional.empty(), text);
    }
}
