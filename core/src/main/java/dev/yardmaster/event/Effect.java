package dev.yardmaster.event;

/**
 * What repeating a call would do. Asked of each call (a shell command may be read-only), not only of each tool; it
 * decides what happens to a step that had started and not finished when the process died.
 */
public enum Effect {
    /** Repeat freely. */
    READ_ONLY,
    /** Repeating with the same key changes nothing more. */
    IDEMPOTENT,
    /** A probe tells whether it happened, as content hashes do for a file that was written. */
    PROBED,
    /** Nobody can tell: after a crash it is in doubt, and never silently repeated. */
    ONCE
}
