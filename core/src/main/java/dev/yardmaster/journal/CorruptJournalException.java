package dev.yardmaster.journal;

import dev.yardmaster.event.YardmasterException;
import org.jspecify.annotations.Nullable;

/** What is stored is not what was written; nothing was changed, and nothing damaged is ever read as a run's history. */
public final class CorruptJournalException extends YardmasterException {

    public CorruptJournalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
