package dev.yardmaster.journal;

import dev.yardmaster.event.YardmasterException;
import org.jspecify.annotations.Nullable;

/**
 * The storage behind a journal refused. When it was a write, the journal writes nothing more: everything flushed before
 * is safe, and nothing after it may be taken for stored. Mend the cause, then open the journal anew.
 */
public final class JournalFailedException extends YardmasterException {

    /** What is wrong with the storage. */
    public enum Reason {
        FULL,
        READ_ONLY,
        /** Another process kept it locked for longer than one waits. */
        LOCKED,
        /** The file that was open is no longer there. */
        GONE,
        /** Reading or writing failed for another reason. */
        IO,
        CLOSED
    }

    private final Reason reason;

    public JournalFailedException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
