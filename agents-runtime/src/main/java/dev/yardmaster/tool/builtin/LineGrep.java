package dev.yardmaster.tool.builtin;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.UnusablePathException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Searches on this JVM, with RE2's expressions, which take linear time whatever they are. Files go by in pieces, so that
 * none is too large; only a search across lines needs the whole of one. Each is opened inside the pinned folder.
 */
final class LineGrep {

    private static final long MAX_ACROSS = 10L * 1024 * 1024;

    /** Flags that are switched off inside an expression, such as that {@code ^} and {@code $} are about lines. */
    private static final Pattern TAKES_BACK = Pattern.compile("\\(\\?[a-zA-Z]*-");

    private final GrepQuery query;
    private final GrepOptions options;
    private final Pattern pattern;
    private final GrepAnswer answer;
    private final FileTree tree;
    private final List<String> required;

    /** Lines before one that may match. */
    private final Deque<String> before = new ArrayDeque<>();

    private long line;
    private int after;

    LineGrep(GrepQuery query, Pattern pattern, GrepAnswer answer) {
        this.query = query;
        this.options = query.options();
        this.pattern = pattern;
        this.answer = answer;
        this.required = options.ignoreCase() ? List.of() : RequiredText.of(pattern.pattern());
        this.tree =
                FileTree.of(query.target()).entering(folder -> !query.ignored().ignores(folder, true));
    }

    /** @return whether everything was searched */
    boolean search() throws IOException, InterruptedException {
        if (Files.isRegularFile(query.target())) {
            file(query.target());
            return true;
        }
        var tree =
                FileTree.of(query.target()).entering(folder -> !query.ignored().ignores(folder, true));
        var files = new ArrayList<Path>();
        tree.visit((file, relative, attributes) -> {
            if (query.wants(file, relative)) {
                files.add(file);
            }
        });
        files.sort(LineGrep::byNames);
        if (FileSieve.fits(required, files)) {
            try (FileSieve sieve = FileSieve.of(query.context().workspace(), required, files)) {
                for (int i = 0; i < files.size() && tree.goesOn(); i++) {
                    if (sieve.next()) {
                        file(files.get(i));
                    }
                }
            }
        } else {
            for (int i = 0; i < files.size() && tree.goesOn(); i++) {
                file(files.get(i));
            }
        }
        return tree.isComplete();
    }

    /** As ripgrep's {@code --sort path} goes: folder by folder, the names in each by their bytes. */
    static int byNames(Path one, Path other) {
        int common = Math.min(one.getNameCount(), other.getNameCount());
        for (int i = 0; i < common; i++) {
            int order = one.getName(i).compareTo(other.getName(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.getNameCount(), other.getNameCount());
    }

    private void file(Path file) throws InterruptedException {
        try (SeekableByteChannel channel = query.context().workspace().open(new ResolvedPath(file, file))) {
            answer.begin(query.shown(file));
            if (options.multiline()) {
                acrossLines(file, channel);
            } else {
                inLines(new TextChunks(Channels.newInputStream(channel)));
            }
            answer.end();
        } catch (UnusablePathException | IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("cancelled while searching");
            }
            return; // it is gone, no regular file any more, or may not be read
        }
    }

    private void inLines(TextChunks chunks) throws IOException, InterruptedException {
        before.clear();
        line = 0;
        after = 0;
        for (Optional<String> chunk = chunks.next(); chunk.isPresent(); chunk = chunks.next()) {
            if (!tree.goesOn() || !chunk(chunk.get())) {
                return;
            }
        }
    }

    /**
     * A text that every match holds, or a match in the text of several lines, shows where one in a line may be; only these
     * lines are looked at by themselves.
     *
     * @return whether there is interest in more
     */
    private boolean chunk(String text) {
        Leap leap = leap(text);
        Matcher one = pattern.matcher("");
        int at = 0;
        while (at < text.length()) {
            int hit = leap.from(at);
            if (hit < 0 || hit == text.length() && text.endsWith("\n")) { // or nothing, behind the last line
                pass(text, at, text.length());
                return true;
            }
            int start = Math.max(at, text.lastIndexOf('\n', hit - 1) + 1);
            pass(text, at, start);
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            line(one, text.substring(start, end > start && text.charAt(end - 1) == '\r' ? end - 1 : end));
            if (answer.hasEnough()) {
                return false;
            }
            at = end + 1;
        }
        return true;
    }

    /** Where a line that may match has a part, from here on; -1 when there is none. */
    private interface Leap {
        int from(int at);
    }

    private Leap leap(String text) {
        if (!required.isEmpty()) {
            int[] next = new int[required.size()];
            return at -> nearest(text, at, next);
        }
        if (leaps(text)) {
            Matcher all = pattern.matcher(text);
            return at -> all.find(at) ? all.start() : -1;
        }
        return at -> at;
    }

    /** @param next where each of the required texts was found last; behind the end when it is not there any more */
    private int nearest(String text, int at, int[] next) {
        int nearest = Integer.MAX_VALUE;
        for (int i = 0; i < next.length; i++) {
            if (next[i] < at || next[i] == 0) {
                int found = text.indexOf(required.get(i), at);
                next[i] = found < 0 ? Integer.MAX_VALUE : found;
            }
            nearest = Math.min(nearest, next[i]);
        }
        return nearest == Integer.MAX_VALUE ? -1 : nearest;
    }

    /** Whether what matches in a line matches in the text, too: not the end of a text, nor that of a line before {@code \r}. */
    private boolean leaps(String text) {
        String written = pattern.pattern();
        return !written.contains("\\A")
                && !written.contains("\\z")
                && !written.contains("\\Z")
                && !TAKES_BACK.matcher(written).find()
                && text.indexOf('\r') < 0;
    }

    /** Lines without a match. */
    private void pass(String text, int from, int to) {
        if (!options.hasContext()) {
            for (int at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
                line++;
            }
            return;
        }
        for (int at = from; at < to; ) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            passed(text.substring(at, end));
            at = end + 1;
        }
    }

    private void passed(String text) {
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

    private void line(Matcher matcher, String text) {
        matcher.reset(text);
        if (!matcher.find()) {
            passed(text);
            return;
        }
        line++;
        long first = line - before.size();
        for (String each : before) {
            answer.around(first++, each);
        }
        before.clear();
        after = options.after();
        var found = new ArrayList<String>();
        found.add(matcher.group());
        while (options.onlyMatching() && matcher.find()) {
            found.add(matcher.group());
        }
        answer.match(line, text, found);
    }

    private void acrossLines(Path file, SeekableByteChannel channel) throws IOException {
        if (channel.size() > MAX_ACROSS) {
            answer.note(
                    "not searched across lines, because larger than " + MAX_ACROSS + " bytes: " + query.shown(file));
            return;
        }
        var text = new StringBuilder();
        var chunks = new TextChunks(Channels.newInputStream(channel));
        for (Optional<String> chunk = chunks.next(); chunk.isPresent(); chunk = chunks.next()) {
            text.append(chunk.get());
        }
        var matches = matches(text.toString().replace("\r\n", "\n"));
        if (!matches.isEmpty()) {
            tell(text.toString().replace("\r\n", "\n").split("\n", -1), matches);
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

    private void tell(String[] lines, TreeMap<Integer, List<String>> matches) {
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
