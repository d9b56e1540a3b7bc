package dev.yardmaster.permission;

import dev.yardmaster.permission.SimpleCommand.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the part of the shell's language whose meaning is plain: programs with words, quoted or escaped where needed, in
 * pipes and lists, with redirections. Whatever the shell would expand, run or define is not read: such a command is for a
 * person to look at. (Bash Reference Manual, "Shell Syntax"; what is read here means the same in every POSIX shell.)
 */
final class ShellReader {

    static final int MAX_LENGTH = 10_000;
    private static final int MAX_COMMANDS = 50;
    /** In all of a text: each may be a path, and is looked for on the disk. */
    private static final int MAX_WORDS = 400;

    private static final String PLAIN = "_-./:=,@%+^~";

    /** What may follow a dollar sign between double quotes that is to be one. */
    private static final String LONE = " \"/|.,:;^%)";

    /** Words that are no programs where a command begins. */
    private static final Set<String> RESERVED = Set.of(
            "if",
            "then",
            "elif",
            "else",
            "fi",
            "for",
            "while",
            "until",
            "do",
            "done",
            "case",
            "esac",
            "select",
            "in",
            "function",
            "time",
            "coproc");

    private final String text;
    private final List<SimpleCommand> commands = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private List<Redirect> redirects = new ArrayList<>();
    private StringBuilder word = new StringBuilder();
    private boolean inWord;
    /** Whether some of the word was quoted or escaped. */
    private boolean disguised;

    private boolean piped;
    private int at;
    private int count;

    private ShellReader(String text) {
        this.text = text;
    }

    /** The commands of a text, in order; empty when not all of it is plain. */
    static Optional<List<SimpleCommand>> read(String text) {
        if (text.length() > MAX_LENGTH || text.isBlank()) {
            return Optional.empty();
        }
        var reader = new ShellReader(text);
        try {
            reader.readAll();
        } catch (NotPlain e) {
            return Optional.empty();
        }
        return Optional.of(List.copyOf(reader.commands));
    }

    static boolean isPlain(char c) {
        return PLAIN.indexOf(c) >= 0 || (c < 128 ? Character.isLetterOrDigit(c) : Character.isLetter(c));
    }

    private void readAll() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            switch (c) {
                case ' ', '\t' -> endWord();
                case '\'' -> singleQuoted();
                case '"' -> doubleQuoted();
                case '\\' -> escaped();
                case '\n' -> {
                    endWord();
                    if (!words.isEmpty()) {
                        endCommand(";");
                    }
                }
                case ';' -> endCommand(";");
                case '|' -> endCommand(next('|') ? "||" : "|");
                case '&' -> ampersand();
                case '>' -> output();
                case '<' -> input();
                default -> plain(c);
            }
        }
        endWord();
        if (words.isEmpty() && !commands.isEmpty() && commands.getLast().after().equals(";") && redirects.isEmpty()) {
            return; // a list may end with a semicolon
        }
        endCommand("");
    }

    /** A tilde stands for a home folder at the beginning of a word and of a part of it. */
    private void plain(char c) {
        boolean home = c == '~' && (word.isEmpty() || "=:".indexOf(word.charAt(word.length() - 1)) >= 0);
        require((isPlain(c) || c == '#' && inWord) && !home);
        append(c);
    }

    private void append(char c) {
        inWord = true;
        word.append(c);
    }

    private boolean next(char c) {
        boolean follows = at < text.length() && text.charAt(at) == c;
        at += follows ? 1 : 0;
        return follows;
    }

    private void singleQuoted() {
        inWord = true;
        disguised = true;
        int close = text.indexOf('\'', at);
        require(close >= 0);
        for (; at < close; at++) {
            quoted(text.charAt(at));
        }
        at++;
    }

    private void doubleQuoted() {
        inWord = true;
        disguised = true;
        while (!next('"')) {
            require(at < text.length());
            char c = text.charAt(at++);
            char after = at < text.length() ? text.charAt(at) : ' ';
            require(c != '`' && !(c == '$' && LONE.indexOf(after) < 0));
            if (c == '\\' && "\"\\$`".indexOf(after) >= 0) {
                quoted(after);
                at++;
            } else {
                require(c != '\\' || after != '\n');
                quoted(c);
            }
        }
    }

    private void quoted(char c) {
        require(c == '\n' || c == '\t' || !Character.isISOControl(c));
        append(c);
    }

    private void escaped() {
        require(at < text.length() && !Character.isISOControl(text.charAt(at)));
        append(text.charAt(at++));
        disguised = true;
    }

    private void ampersand() {
        if (next('&')) {
            endCommand("&&");
            return;
        }
        endWord();
        require(next('>')); // "&> file"; a lone "&" leaves the command running
        redirect(true);
    }

    private void output() {
        if (inWord && word.toString().matches("[0-9]+")) {
            require(!disguised && word.toString().matches("[12]"));
            word.setLength(0);
            inWord = false;
        }
        endWord();
        if (next('&')) {
            require(next('1') || next('2'));
            require(at >= text.length() || " \t\n;|&".indexOf(text.charAt(at)) >= 0);
            return;
        }
        if (!next('>')) {
            next('|');
        }
        redirect(true);
    }

    private void input() {
        endWord();
        require(!next('<') && !next('&') && !next('>') && !next('('));
        redirect(false);
    }

    /** The word that follows is the file. */
    private void redirect(boolean writes) {
        while (next(' ') || next('\t')) {}
        require(at < text.length() && "&>|;<(\n".indexOf(text.charAt(at)) < 0);
        int before = words.size();
        while (at < text.length() && " \t\n;|&<>".indexOf(text.charAt(at)) < 0) {
            char c = text.charAt(at++);
            switch (c) {
                case '\'' -> singleQuoted();
                case '"' -> doubleQuoted();
                case '\\' -> escaped();
                default -> plain(c);
            }
        }
        endWord();
        require(words.size() == before + 1);
        String file = words.removeLast();
        if (!file.equals("/dev/null")) {
            redirects.add(new Redirect(file, writes));
        }
    }

    private void endWord() {
        if (inWord) {
            require(++count <= MAX_WORDS);
            words.add(word.toString());
            word = new StringBuilder();
            inWord = false;
            disguised = false;
        }
    }

    private void endCommand(String after) {
        endWord();
        require(!words.isEmpty() && commands.size() < MAX_COMMANDS);
        String program = words.getFirst();
        require(!RESERVED.contains(program) && !program.contains("=") && !program.isBlank());
        boolean pipes = after.equals("|");
        commands.add(new SimpleCommand(List.copyOf(words), List.copyOf(redirects), !piped && !pipes, after));
        words = new ArrayList<>();
        redirects = new ArrayList<>();
        piped = pipes;
        if (!after.equals(";")) {
            while (next(' ') || next('\t') || next('\n')) {}
        }
    }

    private static void require(boolean plain) {
        if (!plain) {
            throw new NotPlain();
        }
    }

    /** Ends the reading. */
    private static final class NotPlain extends RuntimeException {
        NotPlain() {
            super("not plain", null, false, false);
        }
    }
}
