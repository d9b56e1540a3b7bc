package dev.yardmaster.run;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Question;
import dev.yardmaster.event.RunId;
import java.util.Optional;

/** Somebody at hand who may answer a run's questions at once: a person at the terminal, a fixed policy. */
@FunctionalInterface
public interface Responder {

    /**
     * Called on the thread that asks, after the question is recorded; may block. Calls may come in parallel.
     *
     * @param id the question's id, to be put into the answer
     * @return empty when nobody answers now: the run waits for {@link Orchestrator#answer}
     */
    Optional<Answer> answer(RunId run, String id, Question question);
}
