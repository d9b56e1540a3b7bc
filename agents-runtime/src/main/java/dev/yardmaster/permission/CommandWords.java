package dev.yardmaster.permission;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a command only if it is plain: words, separated by blanks, with quotes around what needs them and nothing that
 * the shell would expand, join, redirect or run. Whatever else it may be is for a person to look at.
 */
final class CommandWords {

    static final int MAX_LENGTH = 10_000;
    private static final String PLAIN = "_-./:=,@%+";

    private final String command;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    private CommandWords(String command) {
        this.command = command;
    }

    /** The words of a plain command; empty when it is not plain. */
    static Optional<List<String>> read(String command) {
        if (command.length() > MAX_LENGTH || command.isBlank()) {
            return Optional.empty();
        }
        var reader = new CommandWords(command);
        if (!reader.readAll()
                || reader.words.isEmpty()
                || reader.words.getFirst().contains("=")) {
            return Optional.empty();
        }
        return Optional.of(List.copyOf(reader.words));
    }

    private boolean readAll() {
        while (at < command.length()) {
            char c = command.charAt(at++);
            boolean fine = switch (c) {
                case ' ' -> endWord();
                case '\'' -> quoted('\'', "");
                case '"' -> quoted('"', "$`\\!");
                default -> plain(c);
            };
            if (!fine) {
                return false;
            }
        }
        return endWord();
    }

    private boolean plain(char c) {
        inWord = true;
        word.append(c);
        boolean letter = c < 128 ? Character.isLetterOrDigit(c) : Character.isLetter(c);
        return letter || PLAIN.indexOf(c) >= 0;
    }

    private boolean quoted(char quote, String forbidden) {
        int close = command.indexOf(quote, at);
        if (close < 0) {
            return false;
        }
        String inside = command.substring(at, close);
        at = close + 1;
        inWord = true;
        word.append(inside);
        return inside.chars().noneMatch(c -> Character.isISOControl(c) || forbidden.indexOf(c) >= 0);
    }

    private boolean endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
        return true;
    }
}
