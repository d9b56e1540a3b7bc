package dev.yardmaster.journal;

import dev.yardmaster.event.YardmasterException;

/** There is no journal where one must be; none was created. */
public final class MissingJournalException extends YardmasterException {

    public MissingJournalException(String message) {
        super(message);
    }
}
