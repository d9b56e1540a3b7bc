package dev.yardmaster.dispatch;

/**
 * Why a plan has to be made anew.
 *
 * @param kind who objects
 * @param text to what, for the planner
 */
public record Objection(Kind kind, String text) {

    /** Who objects. */
    public enum Kind {
        /** It cannot be run as it stands. */
        CHECK,
        /** It splits what one specialist would do alone, one part after the other. */
        SPLIT,
        /** A person wants it otherwise. */
        PERSON,
        /** It was run, and a part of it failed. */
        FAILURE
    }
}
