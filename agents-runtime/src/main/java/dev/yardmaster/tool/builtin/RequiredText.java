package dev.yardmaster.tool.builtin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Texts of which every match of an expression holds at least one, so that a search can leap from one of them to the next
 * instead of running the expression over everything: {@code (get|set)Name} holds {@code Name}. What it cannot read it says
 * nothing about. (The idea is Russ Cox's and Andrew Gallant's: swtch.com/~rsc/regexp/regexp4.html.)
 */
final class RequiredText {

    private static final int SHORTEST = 2;
    private static final int MOST = 12;

    private RequiredText() {}

    /** The texts; empty when there are none. */
    static List<String> of(Expression expression) {
        return in(expression).filter(RequiredText::isUseful).orElse(List.of());
    }

    private static boolean isUseful(List<String> texts) {
        return !texts.isEmpty() && texts.size() <= MOST && texts.stream().allMatch(text -> text.length() >= SHORTEST);
    }

    private static Optional<List<String>> in(Expression expression) {
        return switch (expression) {
            case Expression.One one -> one.text().map(text -> List.of(text.toString()));
            case Expression.Sequence sequence -> rarest(sequence);
            case Expression.Choice choice -> ofEach(choice);
            case Expression.Repeated repeated -> repeated.least() == 0 ? Optional.empty() : in(repeated.part());
        };
    }

    /** Each alternative has to say something. */
    private static Optional<List<String>> ofEach(Expression.Choice choice) {
        var all = new ArrayList<String>();
        for (Expression branch : choice.branches()) {
            Optional<List<String>> texts = in(branch);
            if (texts.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(texts.get());
        }
        return Optional.of(List.copyOf(all));
    }

    /** Of all that has to be there, what is likely to be the rarest. */
    private static Optional<List<String>> rarest(Expression.Sequence sequence) {
        var found = new ArrayList<List<String>>();
        var run = new StringBuilder();
        for (Expression part : sequence.parts()) {
            Optional<Character> literal = literal(part);
            literal.ifPresent(run::append);
            if (literal.isPresent() && part instanceof Expression.One) {
                continue;
            }
            if (!run.isEmpty()) { // what follows does not touch what was before
                found.add(List.of(run.toString()));
                run.setLength(0);
            }
            if (literal.isEmpty()) {
                in(part).ifPresent(found::add);
            }
        }
        if (!run.isEmpty()) {
            found.add(List.of(run.toString()));
        }
        return found.stream().filter(RequiredText::isUseful).max(Comparator.comparingInt(RequiredText::worth));
    }

    /** A character that has to be there, once at least. */
    private static Optional<Character> literal(Expression part) {
        Expression once = part instanceof Expression.Repeated times && times.least() > 0 ? times.part() : part;
        return once instanceof Expression.One one ? one.text() : Optional.empty();
    }

    /** By the text that says least: its length, and how many of its characters are not the usual ones of words. */
    private static int worth(List<String> texts) {
        return texts.stream()
                .mapToInt(text -> text.length()
                        + (int) text.chars()
                                .filter(c -> c != ' ' && (c < 'a' || c > 'z'))
                                .count())
                .min()
                .orElse(0);
    }
}
