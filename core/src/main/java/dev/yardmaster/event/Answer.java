package dev.yardmaster.event;

import java.util.Objects;
import java.util.Optional;

/**
 * What a person (or a policy on their behalf) told a run.
 *
 * @param question the id of the question, as its {@link Fact.QuestionAsked} entry gives it
 * @param choice one of the question's choices, or any text where it has none
 * @param reason why, in the answerer's words; may be empty
 * @param by who answered: a user's name, {@code terminal}, {@code policy}
 * @param arguments what a call is to be run with instead, as a JSON object, when that is the answer to whether it may run
 */
public record Answer(String question, String choice, String reason, String by, Optional<Json> arguments) {

    public Answer {
        Objects.requireNonNull(question, "the question that is answered is null; RunView.questions() has their ids");
        Objects.requireNonNull(choice, () -> "the answer to question '" + question + "' is null");
        reason = reason == null ? "" : reason; // earlier versions recorded null
        by = by == null ? "" : by;
        arguments = arguments == null ? Optional.empty() : arguments; // answers of the first versions have none
    }

    public Answer(String question, String choice, String reason, String by) {
        this(question, choice, reason, by, Optional.empty());
    }

    /** The same with other arguments for the call. */
    public Answer withArguments(Json instead) {
        return new Answer(question, choice, reason, by, Optional.of(instead));
    }
}
