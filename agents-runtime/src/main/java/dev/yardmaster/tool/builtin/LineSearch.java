package dev.yardmaster.tool.builtin;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Searches the text of one file after the other, with RE2's expressions, which take linear time whatever they are. Files go
 * by in pieces, so that none is too large; only a search across lines needs the whole of one. Not thread-safe.
 */
final class LineSearch {

    private final GrepOptions options;
    private final Pattern pattern;
    private final LineSieve sieve;
    private final Going going;

    /** Lines before one that may match. */
    private final Deque<String> before = new ArrayDeque<>();

    private long line;
    private int after;

    /** Whether there is time to go on. */
    interface Going {
        boolean goesOn() throws InterruptedException;
    }

    LineSearch(GrepOptions options, Pattern pattern, LineSieve sieve, Going going) {
        this.options = options;
        this.pattern = pattern;
        this.sieve = sieve;
        this.going = going;
    }

    void search(TextChunks chunks, LineListener answer) throws IOException, InterruptedException {
        if (options.multiline()) {
            acrossLines(chunks, answer);
        } else {
            inLines(chunks, answer);
        }
    }

    private void inLines(TextChunks chunks, LineListener answer) throws IOException, InterruptedException {
        before.clear();
        line = 0;
        after = 0;
        for (Optional<String> chunk = chunks.next(); chunk.isPresent(); chunk = chunks.next()) {
            if (!going.goesOn() || !chunk(chunk.get(), answer)) {
                return;
            }
        }
    }

    /**
     * Only lines that may match are looked at by themselves.
     *
     * @return whether there is interest in more
     */
    private boolean chunk(String text, LineListener answer) {
        LineSieve.Leap leap = sieve.leap(text);
        Matcher one = pattern.matcher("");
        int at = 0;
        while (at < text.length()) {
            int hit = leap.from(at);
            if (hit < 0 || hit == text.length() && text.endsWith("\n")) { // or nothing, behind the last line
                pass(text, at, text.length(), answer);
                return true;
            }
            int start = Math.max(at, text.lastIndexOf('\n', hit - 1) + 1);
            pass(text, at, start, answer);
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            line(one, text.substring(start, end > start && text.charAt(end - 1) == '\r' ? end - 1 : end), answer);
            if (answer.hasEnough()) {
                return false;
            }
            at = end + 1;
        }
        return true;
    }

    /** Lines without a match. */
    private void pass(String text, int from, int to, LineListener answer) {
        if (!options.hasContext()) {
            for (int at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
                line++;
            }
            return;
        }
        for (int at = from; at < to; ) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            passed(text.substring(at, end), answer);
            at = end + 1;
        }
    }

    private void passed(String text, LineListener answer) {
        line++;
        String shown = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        if (after > 0) {
            after--;
            answer.around(line, shown);
        } else if (options.before() > 0) {
            if (before.size() == options.before()) {
                before.removeFirst();
            }
            before.addLast(shown);
        }
    }

    private void line(Matcher matcher, String text, LineListener answer) {
        matcher.reset(text);
        if (!sieve.mayMatch(text) || !matcher.find()) {
            passed(text, answer);
            return;
        }
        line++;
        long first = line - before.size();
        for (String each : before) {
            answer.around(first++, each);
        }
        before.clear();
        after = options.after();
        answer.match(line, text, options.onlyMatching() ? all(matcher) : List.of(matcher.group()));
    }

    private static List<String> all(Matcher found) {
        var all = new ArrayList<String>();
        do {
            all.add(found.group());
        } while (found.find());
        return all;
    }

    private void acrossLines(TextChunks chunks, LineListener answer) throws IOException {
        var text = new StringBuilder();
        for (Optional<String> chunk = chunks.next(); chunk.isPresent(); chunk = chunks.next()) {
            text.append(chunk.get());
        }
        String whole = text.toString().replace("\r\n", "\n");
        var matches = matches(whole);
        if (!matches.isEmpty()) {
            tell(whole.split("\n", -1), matches, answer);
        }
    }

    /** By line, from 0; a line that a match goes on in has an empty list. */
    private TreeMap<Integer, List<String>> matches(String text) {
        var matches = new TreeMap<Integer, List<String>>();
        Matcher matcher = pattern.matcher(text);
        int at = 0;
        int counted = 0;
        while (matcher.find()) {
            if (matcher.start() == text.length() && (text.isEmpty() || text.endsWith("\n"))) {
                break; // an empty match behind the last line
            }
            for (; counted < matcher.start(); counted++) {
                at += text.charAt(counted) == '\n' ? 1 : 0;
            }
            matches.computeIfAbsent(at, first -> new ArrayList<>()).add(matcher.group());
            String found = matcher.group();
            int last = found.endsWith("\n") ? found.length() - 1 : found.length();
            for (int i = 0, more = at; i < last; i++) {
                if (found.charAt(i) == '\n') {
                    matches.computeIfAbsent(++more, goesOn -> new ArrayList<>());
                }
            }
        }
        return matches;
    }

    private void tell(String[] lines, TreeMap<Integer, List<String>> matches, LineListener answer) {
        int shown = -1;
        for (int match : matches.keySet()) {
            int from = Math.max(shown + 1, match - options.before());
            for (int i = from; i <= Math.min(lines.length - 1, match + options.after()); i++) {
                if (matches.containsKey(i)) {
                    answer.match(i + 1, lines[i], matches.get(i));
                } else if (i < lines.length - 1 || !lines[i].isEmpty()) {
                    answer.around(i + 1, lines[i]);
                }
                shown = i;
            }
        }
    }
}
