package dev.yardmaster.permission;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The specifier of a command rule: exact, or with {@code *} for any text. {@code ls *} and {@code ls:*} mean {@code ls}
 * with or without arguments, {@code ls*} also {@code lsof}.
 */
final class CommandPattern {

    /** What is longer is not looked at: it would take its time for each rule. */
    private static final int MOST = 1 << 15;

    /** Wrappers around wrappers; further down nobody looks. */
    private static final int MOST_WRAPPED = 40;

    private static final Pattern SEPARATORS = Pattern.compile("[;&|\\n(){}`<>]|\\$\\(");

    private static final Pattern KEYWORD = Pattern.compile("if|then|elif|else|while|until|do|!|time|coproc");

    /** What can put a program together that the text does not show. */
    private static final Pattern HIDING = Pattern.compile("[$`*?\\[{~]|\\b(?:eval|source|alias|sh|bash|dash|zsh)\\b");

    private final String text;
    private final boolean exact;
    private final Pattern pattern;
    /** The words that a command must hold to be meant at all. */
    private final List<String> literals;

    private CommandPattern(String text) {
        this.text = text.endsWith(":*") ? text.substring(0, text.length() - 2) + " *" : text;
        this.exact = !this.text.contains("*");
        this.pattern = Pattern.compile(regex(this.text), Pattern.DOTALL);
        this.literals = Arrays.stream(this.text.split("[* ]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    static CommandPattern of(String specifier) {
        return new CommandPattern(specifier.strip());
    }

    private static String regex(String text) {
        boolean atWord = text.endsWith(" *");
        String body = atWord ? text.substring(0, text.length() - 2) : text;
        var parts = new ArrayList<String>();
        for (String part : body.split("\\*", -1)) {
            parts.add(Pattern.quote(part));
        }
        return String.join(".*", parts) + (atWord ? "(?: .*)?" : "");
    }

    /** Whether an allow rule with this pattern lets a text run: this very text. */
    boolean permits(String text) {
        return !this.text.endsWith("*") && text.strip().equals(this.text);
    }

    /** Whether an allow rule with this pattern lets one command of a text run. */
    boolean permits(PlacedCommand placed) {
        String line = placed.command().text();
        return exact ? line.equals(text) : pattern.matches(line) && placed.isPlain();
    }

    /** Whether it reads as if it let a command run, and does not: its wildcard would stand for more than plain words. */
    boolean nearlyPermits(PlacedCommand placed) {
        return !exact && pattern.matches(placed.command().text()) && !placed.isPlain();
    }

    /** Whether a rule that restricts means a command, or one that is part of it. */
    Rule.Hit hits(String command) {
        if (command.length() > MOST) {
            return Rule.Hit.MAYBE;
        }
        String bare = command.replace("\\\n", "")
                .replaceAll("['\"\\\\]", "")
                .replaceAll("[\\t\\r\\x0B\\f ]+", " ")
                .strip();
        if (pattern.matches(bare)) {
            return Rule.Hit.SURE;
        }
        Rule.Hit worst = Rule.Hit.NONE;
        for (String piece : SEPARATORS.split(bare)) {
            Rule.Hit hit = hitsPiece(piece);
            worst = hit.compareTo(worst) > 0 ? hit : worst;
        }
        if (worst != Rule.Hit.NONE || ShellReader.read(command).isPresent()) {
            return worst;
        }
        boolean mentioned = literals.stream().allMatch(bare::contains);
        boolean hidden = HIDING.matcher(command).find() || command.length() > ShellReader.MAX_LENGTH;
        return mentioned || hidden ? Rule.Hit.MAYBE : Rule.Hit.NONE;
    }

    /** A piece of a command, also behind assignments and wrappers, and by whatever path its program is called. */
    private Rule.Hit hitsPiece(String piece) {
        var words = new ArrayList<>(Arrays.asList(piece.strip().split(" ")));
        boolean wrapped = false;
        boolean sure = true;
        int looked = 0;
        while (!words.isEmpty()) {
            if (++looked > MOST_WRAPPED) {
                return Rule.Hit.MAYBE;
            }
            String line = String.join(" ", words);
            String name = words.getFirst();
            String called = name.substring(name.lastIndexOf('/') + 1) + line.substring(name.length());
            if (pattern.matches(line) || pattern.matches(called)) {
                return sure ? Rule.Hit.SURE : Rule.Hit.MAYBE;
            }
            boolean wraps = Commands.isWrapper(name) || Programs.isOpenEnded(name) || KEYWORD.matches(name);
            boolean option = name.startsWith("-") || name.matches("[0-9.]+[smhd]?");
            if (!wraps && !option && !name.contains("=")) {
                if (!wrapped) {
                    return Rule.Hit.NONE;
                }
                sure = false; // an argument of the wrapper, or the program it runs
            }
            wrapped |= wraps;
            words.removeFirst();
        }
        return Rule.Hit.NONE;
    }
}
