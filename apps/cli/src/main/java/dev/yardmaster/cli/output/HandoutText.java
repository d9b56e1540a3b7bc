package dev.yardmaster.cli.output;

import dev.yardmaster.knowledge.Handout;
import dev.yardmaster.knowledge.Handout.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an agent was handed besides its task, for people: {@code instructions: CLAUDE.md (1.2 KB)}. */
final class HandoutText {

    private HandoutText() {}

    /** A line for each kind that there is something of. @param root the workspace's: paths in it are shown relative to it */
    static List<String> lines(List<Handout> handed, Path root) {
        var lines = new ArrayList<String>();
        for (Kind kind : Kind.values()) {
            String all = handed.stream()
                    .filter(each -> each.kind() == kind)
                    .map(each -> each.source().replace(root + "/", "") + " ("
                            + (kind == Kind.ABSENT ? each.text() : size(each.bytes())) + ")")
                    .collect(Collectors.joining(", "));
            if (!all.isEmpty()) {
                lines.add(title(kind) + ": " + all);
            }
        }
        return lines;
    }

    private static String title(Kind kind) {
        return switch (kind) {
            case INSTRUCTIONS -> "instructions";
            case SKILL -> "skills";
            case MEMORY -> "memory";
            case ABSENT -> "not handed over";
        };
    }

    private static String size(int bytes) {
        if (bytes == 0) {
            return "empty";
        }
        return bytes < 1_000 ? bytes + " B" : String.format(Locale.ROOT, "%.1f KB", bytes / 1_000.0);
    }
}
