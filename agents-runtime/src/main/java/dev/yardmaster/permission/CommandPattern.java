package dev.yardmaster.permission;

import com.google.re2j.Pattern;
import dev.yardmaster.workspace.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The specifier of a command rule: exact, or with {@code *} for any text. {@code ls *} and {@code ls:*} mean {@code ls}
 * with or without arguments, {@code ls*} also {@code lsof}.
 */
final class CommandPattern {

    private static final Pattern SEPARATORS = Pattern.compile("[;&|\\n(){}`<>]|\\$\\(");

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

    /** Whether an allow rule with this pattern lets a command run. */
    boolean permits(String command, Workspace workspace) {
        if (exact) {
            return command.strip().equals(text);
        }
        Optional<List<String>> words = CommandWords.read(command);
        return words.isPresent()
                && pattern.matches(command.strip())
                && !Commands.runsOthers(words.get())
                && Commands.staysInside(words.get(), workspace);
    }

    /** Whether a rule that restricts means a command, or one that is part of it. */
    Rule.Hit hits(String command) {
        String bare =
                command.replaceAll("['\"\\\\]", "").replaceAll("[\\t ]+", " ").strip();
        if (pattern.matches(bare) || Arrays.stream(SEPARATORS.split(bare)).anyMatch(this::isMeant)) {
            return Rule.Hit.SURE;
        }
        boolean plain = CommandWords.read(command).isPresent();
        boolean mentioned = literals.stream().allMatch(bare::contains);
        return mentioned && !plain || command.length() > CommandWords.MAX_LENGTH ? Rule.Hit.MAYBE : Rule.Hit.NONE;
    }

    /** A piece of a command, also behind assignments and wrappers, and by whatever path its program is called. */
    private boolean isMeant(String piece) {
        var words = new ArrayList<>(Arrays.asList(piece.strip().split(" ")));
        while (!words.isEmpty()) {
            String line = String.join(" ", words);
            String name = words.getFirst();
            String called = name.substring(name.lastIndexOf('/') + 1) + line.substring(name.length());
            if (pattern.matches(line) || pattern.matches(called)) {
                return true;
            }
            if (!name.contains("=")
                    && !Commands.isWrapper(name)
                    && !name.startsWith("-")
                    && !name.matches("[0-9.]+[smh]?")) {
                return false;
            }
            words.removeFirst();
        }
        return false;
    }
}
