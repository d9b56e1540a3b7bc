package dev.yardmaster.event;

/**
 * What a person (or a policy on their behalf) told a run.
 *
 * @param question the id of the question, as its {@link Fact.QuestionAsked} entry gives it
 * @param choice one of the question's choices, or any text where it has none
 * @param reason why, in the answerer's words; may be empty
 * @param by who answered: a user's name, {@code terminal}, {@code policy}
 */
public record Answer(String question, String choice, String reason, String by) {}
