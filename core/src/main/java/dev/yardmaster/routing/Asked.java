package dev.yardmaster.routing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A task, cut into words. Of a long one the beginning is looked at: what is wanted is said there, and what a person pastes
 * below it is about everything.
 *
 * @param task the task as it came
 * @param text what of it is looked at
 * @param said its words by their stems, in order
 * @param stems the stems alone
 * @param leftOut examples that do not count, by the stems of what the user says
 */
record Asked(String task, String text, Map<String, String> said, List<String> stems, Predicate<Set<String>> leftOut) {

    private static final int LONGEST = 4_000;

    static Asked of(String task) {
        return of(task, words -> false);
    }

    static Asked of(String task, Predicate<Set<String>> leftOut) {
        String text = task.length() > LONGEST ? task.substring(0, LONGEST) : task;
        Map<String, String> said = Words.byStem(text);
        return new Asked(task, text, said, List.copyOf(said.keySet()), leftOut);
    }

    /**
     * The task as if the examples that it was taken from were not there: those in which a user says the same words, or
     * nearly the same (an example may be quoted with more around it).
     */
    static Asked leavingOut(String task) {
        Set<String> words = Set.copyOf(Words.of(task));
        return of(task, example -> same(words, example));
    }

    /** Whether a user says the same in an example, or nearly the same. */
    boolean repeats(Set<String> example) {
        return !example.isEmpty() && same(said.keySet(), example);
    }

    private static boolean same(Set<String> one, Set<String> other) {
        if (one.equals(other)) {
            return true;
        }
        var both = new HashSet<>(one);
        both.retainAll(other);
        return both.size() >= 0.8 * Math.min(one.size(), other.size())
                && both.size() >= 0.5 * Math.max(one.size(), other.size());
    }

    List<String> pairs() {
        return Words.pairs(new ArrayList<>(stems));
    }
}
