package dev.yardmaster.workspace;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows changes of files the way {@code diff -u} and git do. */
public final class UnifiedDiff {

    private static final int CONTEXT = 3;
    private static final int LOOKED_AT = 8_000;

    private UnifiedDiff() {}

    /** The lines of the diff; a binary file is one line that says so. */
    public static List<String> of(FileChange change) {
        if (isBinary(change.before()) || isBinary(change.after())) {
            return List.of("Binary file " + change.path()
                    + (change.before().isEmpty() ? " created" : change.after().isEmpty() ? " removed" : " changed"));
        }
        List<String> before = lines(change.before());
        var patch = DiffUtils.diff(before, lines(change.after()));
        return UnifiedDiffUtils.generateUnifiedDiff(
                change.before().isEmpty() ? "/dev/null" : "a/" + change.path(),
                change.after().isEmpty() ? "/dev/null" : "b/" + change.path(),
                before,
                patch,
                CONTEXT);
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

    private static List<String> lines(Optional<byte[]> content) {
        var lines = new ArrayList<String>();
        new String(content.orElse(new byte[0]), StandardCharsets.UTF_8).lines().forEach(lines::add);
        return lines;
    }
}
