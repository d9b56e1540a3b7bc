package dev.yardmaster.run;

import dev.yardmaster.event.YardmasterException;

/** An answer that fits no open question, or a question that was answered already: the first answer counts. */
public final class AnswerRefusedException extends YardmasterException {

    AnswerRefusedException(String message) {
        super(message);
    }
}
