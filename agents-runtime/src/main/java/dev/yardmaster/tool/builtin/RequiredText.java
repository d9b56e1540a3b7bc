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
    private static final int DEEPEST = 50;

    private final String expression;
    private int at;

    /** Thrown where reading ends; never seen outside. */
    private static final class Unread extends RuntimeException {
        Unread() {
            super(null, null, false, false);
        }
    }

    private RequiredText(String expression) {
        this.expression = expression;
    }

    /** The texts; empty when there are none, or when the expression has parts that are not read here. */
    static List<String> of(String expression) {
        var reader = new RequiredText(expression);
        try {
            List<String> found = reader.choice(0).orElse(List.of());
            return reader.at == expression.length() && isUseful(found) ? found : List.of();
        } catch (Unread e) {
            return List.of();
        }
    }

    private static boolean isUseful(List<String> texts) {
        return !texts.isEmpty() && texts.size() <= MOST && texts.stream().allMatch(text -> text.length() >= SHORTEST);
    }

    /** Each alternative has to say something. */
    private Optional<List<String>> choice(int depth) {
        if (depth > DEEPEST) {
            throw new Unread();
        }
        var all = new ArrayList<String>();
        boolean every = true;
        while (true) {
            Optional<List<String>> one = sequence(depth);
            every &= one.isPresent();
            one.ifPresent(all::addAll);
            if (at == expression.length() || expression.charAt(at) != '|') {
                return every ? Optional.of(List.copyOf(all)) : Optional.empty();
            }
            at++;
        }
    }

    /** Of all that has to be there, what is likely to be the rarest. */
    private Optional<List<String>> sequence(int depth) {
        var found = new ArrayList<List<String>>();
        var run = new StringBuilder();
        while (at < expression.length() && expression.charAt(at) != '|' && expression.charAt(at) != ')') {
            int length = run.length();
            Optional<List<String>> group = element(run, depth);
            int least = least();
            boolean literal = run.length() > length;
            if (least == 0) {
                run.setLength(length); // it may be missing
            }
            if (!literal || least >= 0) { // what follows does not touch what was before
                end(run, found);
            }
            if (least != 0) {
                group.ifPresent(found::add);
            }
        }
        end(run, found);
        return found.stream().filter(RequiredText::isUseful).max(Comparator.comparingInt(RequiredText::worth));
    }

    private static void end(StringBuilder run, List<List<String>> found) {
        if (!run.isEmpty()) {
            found.add(List.of(run.toString()));
            run.setLength(0);
        }
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

    /** One element; a character is added to the run. @return what a group holds */
    private Optional<List<String>> element(StringBuilder run, int depth) {
        char c = expression.charAt(at++);
        switch (c) {
            case '(' -> {
                return group(depth);
            }
            case '[' -> skipClass();
            case '\\' -> escape(run);
            case '.', '^', '$' -> {}
            case '*', '+', '?', '{' -> throw new Unread();
            default -> {
                if (Character.isSurrogate(c) || c == '\n') {
                    throw new Unread();
                }
                run.append(c);
            }
        }
        return Optional.empty();
    }

    private Optional<List<String>> group(int depth) {
        if (expression.startsWith("?:", at)) {
            at += 2;
        } else if (expression.startsWith("?P<", at)) {
            at = expression.indexOf('>', at) + 1;
        } else if (expression.startsWith("?", at)) {
            throw new Unread(); // flags
        }
        Optional<List<String>> inside = choice(depth + 1);
        if (at == expression.length() || at == 0) {
            throw new Unread();
        }
        at++; // its bracket
        return inside;
    }

    private void skipClass() {
        at += expression.startsWith("^", at) ? 1 : 0;
        at += expression.startsWith("]", at) ? 1 : 0;
        while (at < expression.length() && expression.charAt(at) != ']') {
            if (expression.startsWith("[:", at)) {
                int end = expression.indexOf(":]", at + 2);
                at = end < 0 ? at : end + 1;
            }
            at += expression.charAt(at) == '\\' ? 2 : 1;
        }
        if (at++ >= expression.length()) {
            throw new Unread();
        }
    }

    private void escape(StringBuilder run) {
        if (at == expression.length()) {
            throw new Unread();
        }
        char c = expression.charAt(at++);
        boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
        if (!letter && c < 128) {
            run.append(c);
        } else if ("dDwWsSbB".indexOf(c) < 0) {
            throw new Unread(); // \Q, \x41, \p{L}, \n …
        }
    }

    /** How often at least what was just read occurs, and past that; -1 when nothing says so, which is once. */
    private int least() {
        if (at == expression.length()) {
            return -1;
        }
        int least = switch (expression.charAt(at)) {
            case '*', '?' -> 0;
            case '+' -> 1;
            case '{' -> counted();
            default -> -1;
        };
        if (least < 0) {
            return least;
        }
        at++;
        at += expression.startsWith("?", at) ? 1 : 0; // lazy
        if (at < expression.length() && "*+?{".indexOf(expression.charAt(at)) >= 0) {
            throw new Unread(); // a repetition of a repetition
        }
        return least;
    }

    /** Reads to the closing brace. */
    private int counted() {
        int end = expression.indexOf('}', at);
        if (end < 0 || !expression.substring(at + 1, end).matches("[0-9]{1,4}(,[0-9]{0,4})?")) {
            throw new Unread();
        }
        int least = Integer.parseInt(expression.substring(at + 1, end).split(",")[0]);
        at = end;
        return Math.min(1, least);
    }
}
