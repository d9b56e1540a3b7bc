package dev.yardmaster.definition;

/**
 * An {@code <example>} of a description: what a user says when this specialist fits. Any part may be empty.
 *
 * @param context the situation
 * @param user what the user says, without quotes
 * @param assistant what the delegating assistant answers, without quotes
 * @param commentary why
 */
public record Example(String context, String user, String assistant, String commentary) {}
