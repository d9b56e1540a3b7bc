package dev.yardmaster.permission;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One program with its arguments, as the shell would start it.
 *
 * @param words the program and its arguments, quotes taken away
 * @param redirects where its output goes and its input comes from, apart from {@code /dev/null} and one another
 * @param alone whether nothing is piped in or out
 * @param after what comes between it and the next command: {@code &&}, {@code ||}, {@code ;}, {@code |}, or nothing
 */
record SimpleCommand(List<String> words, List<Redirect> redirects, boolean alone, String after) {

    /** @param writes whether the file is written */
    record Redirect(String file, boolean writes) {}

    String program() {
        return words.getFirst();
    }

    List<String> arguments() {
        return words.subList(1, words.size());
    }

    /** The command as rules have it: a blank between words, and single quotes around a word that needs quotes. */
    String text() {
        return words.stream().map(SimpleCommand::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        boolean plain = !word.isEmpty() && word.chars().allMatch(c -> ShellReader.isPlain((char) c));
        return plain ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
