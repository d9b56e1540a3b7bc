package dev.yardmaster.journal;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.YardmasterException;

/** A question has an answer; the first one counts. */
public final class AlreadyAnsweredException extends YardmasterException {

    private final Answer first;

    /** @param first the answer that counts */
    public AlreadyAnsweredException(RunId run, Answer first) {
        super("question '" + first.question() + "' of run '" + run + "' was answered '" + first.choice() + "' by "
                + first.by() + "; the first answer counts");
        this.first = first;
    }

    public Answer first() {
        return first;
    }
}
