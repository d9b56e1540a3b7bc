package dev.yardmaster.agent;

import dev.yardmaster.event.Json;
import java.util.Optional;

/**
 * What an agent's words amount to as a structured answer.
 *
 * @param answer the answer, when they fit
 * @param problem why they do not fit, for the agent; else empty
 */
record AnswerCheck(Optional<Json> answer, String problem) {

    static AnswerCheck fits(Json answer) {
        return new AnswerCheck(Optional.of(answer), "");
    }

    static AnswerCheck unfit(String problem) {
        return new AnswerCheck(Optional.empty(), problem);
    }
}
