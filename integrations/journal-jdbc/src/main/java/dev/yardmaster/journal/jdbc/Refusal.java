package dev.yardmaster.journal.jdbc;

import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.journal.CorruptJournalException;
import dev.yardmaster.journal.JournalFailedException;
import dev.yardmaster.journal.JournalFailedException.Reason;

/** Why a journal has stopped writing, told to each who asks with a stack trace of their own. */
final class Refusal {

    private Refusal() {}

    static YardmasterException again(YardmasterException why) {
        return switch (why) {
            case JournalFailedException failed ->
                new JournalFailedException(failed.reason(), failed.getMessage(), failed);
            case CorruptJournalException corrupt -> new CorruptJournalException(corrupt.getMessage(), corrupt);
            default -> new YardmasterException(why.getMessage(), why);
        };
    }

    static JournalFailedException closed(String where) {
        return new JournalFailedException(Reason.CLOSED, where + " is closed", null);
    }
}
