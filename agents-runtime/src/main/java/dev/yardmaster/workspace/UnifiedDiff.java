package dev.yardmaster.workspace;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Shows changes of files the way {@code diff -u} and git do. */
public final class UnifiedDiff {

    private static final int CONTEXT = 3;
    private static final int MOST_COMPARED = 4_000;
    private static final int MOST_DIFFERENT = 2_000;
    private static final int LOOKED_AT = 8_000;
    private static final String NO_NEWLINE = "\n\\ No newline at end of file";

    private UnifiedDiff() {}

    /** The lines of the diff; a binary file is one line that says so. */
    public static List<String> of(FileChange change) {
        if (isBinary(change.before()) || isBinary(change.after())) {
            return List.of("Binary file " + change.path()
                    + (change.before().isEmpty() ? " created" : change.after().isEmpty() ? " removed" : " changed"));
        }
        List<String> before = lines(change.before());
        String from = change.before().isEmpty() ? "/dev/null" : "a/" + change.path();
        String to = change.after().isEmpty() ? "/dev/null" : "b/" + change.path();
        List<String> after = lines(change.after());
        var ends = CommonEnds.of(before, after);
        if (areFarApart(ends, before, after)) {
            return separate(whole(ends, from, to, before, after));
        }
        var patch = DiffUtils.diff(before, after);
        if (patch.getDeltas().isEmpty()) { // an empty file that came or went
            return List.of("--- " + from, "+++ " + to);
        }
        return separate(UnifiedDiffUtils.generateUnifiedDiff(from, to, before, patch, CONTEXT).stream()
                .map(line -> line.startsWith("@@") ? hunk(line) : line)
                .toList());
    }

    private static List<String> separate(List<String> lines) {
        return lines.stream().flatMap(line -> Stream.of(line.split("\n", -1))).toList();
    }

    /**
     * A comparison takes time that grows with the square of the lines that are different, so of very many all go, and all
     * come.
     */
    private static boolean areFarApart(CommonEnds ends, List<String> before, List<String> after) {
        List<String> from = ends.between(before);
        List<String> to = ends.between(after);
        return from.size() + to.size() > MOST_COMPARED && !LineDistance.isWithin(MOST_DIFFERENT, from, to);
    }

    private static List<String> whole(
            CommonEnds ends, String from, String to, List<String> before, List<String> after) {
        int head = ends.head();
        int tail = ends.tail();
        int first = Math.max(0, head - CONTEXT);
        int behind = Math.min(CONTEXT, tail);
        int gone = before.size() - tail;
        int come = after.size() - tail;
        var lines = new ArrayList<>(List.of("--- " + from, "+++ " + to));
        lines.add("@@ -" + range(first, gone + behind) + " +" + range(first, come + behind) + " @@");
        before.subList(first, head).forEach(line -> lines.add(" " + line));
        before.subList(head, gone).forEach(line -> lines.add("-" + line));
        after.subList(head, come).forEach(line -> lines.add("+" + line));
        before.subList(gone, gone + behind).forEach(line -> lines.add(" " + line));
        return lines;
    }

    private static String range(int first, int end) {
        return (end == first ? first : first + 1) + "," + (end - first);
    }

    /** A range without lines stands before the first one: {@code -0,0}. */
    private static String hunk(String header) {
        return header.replace("@@ -1,0 ", "@@ -0,0 ").replace(" +1,0 @@", " +0,0 @@");
    }

    private static boolean isBinary(Optional<byte[]> content) {
        byte[] bytes = content.orElse(new byte[0]);
        for (int i = 0; i < Math.min(bytes.length, LOOKED_AT); i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** Split by line feeds alone, so that other line ends count; a last line without one says so, as in git. */
    private static List<String> lines(Optional<byte[]> content) {
        String text = new String(content.orElse(new byte[0]), StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            return List.of();
        }
        var lines = new ArrayList<>(List.of(text.split("\n", -1)));
        String last = lines.removeLast();
        if (!last.isEmpty()) {
            lines.add(last + NO_NEWLINE);
        }
        return lines;
    }
}
