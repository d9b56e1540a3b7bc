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
        var patch = DiffUtils.diff(before, lines(change.after()));
        if (patch.getDeltas().isEmpty()) { // an empty file that came or went
            return List.of("--- " + from, "+++ " + to);
        }
        return UnifiedDiffUtils.generateUnifiedDiff(from, to, before, patch, CONTEXT).stream()
                .map(line -> line.startsWith("@@") ? hunk(line) : line)
                .flatMap(line -> Stream.of(line.split("\n", -1)))
                .toList();
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
