package dev.yardmaster.journal;

import dev.yardmaster.event.Answer;
import java.util.List;
import java.util.Optional;

/**
 * What others left for the owner of a run.
 *
 * @param answers one a question at most, oldest first
 * @param cancellation the reason why the run is to be cancelled; empty when it is not
 */
public record RunRequests(List<Answer> answers, Optional<String> cancellation) {

    public RunRequests {
        answers = List.copyOf(answers);
    }
}
