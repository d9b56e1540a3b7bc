package dev.yardmaster.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Two texts side by side: the lines between the first and the last that differ, with the line before them. */
final class ChangedLines {

    private static final int MOST_LINES = 12;
    private static final int MOST_CHARACTERS = 160;
    private static final int AROUND = 40;

    private ChangedLines() {}

    static List<String> of(Optional<String> before, Optional<String> now) {
        List<String> old = lines(before);
        List<String> fresh = lines(now);
        int first = common(old, fresh);
        int last = common(
                old.subList(first, old.size()).reversed(),
                fresh.subList(first, fresh.size()).reversed());
        List<String> removed = old.subList(first, old.size() - last);
        List<String> added = fresh.subList(first, fresh.size() - last);
        var shown = new ArrayList<String>();
        if (first > 0) {
            shown.add("  " + cut(old.get(first - 1), 0));
        }
        boolean oneLine = removed.size() == 1 && added.size() == 1;
        int from = oneLine ? commonStart(removed.getFirst(), added.getFirst()) : 0;
        show("- ", removed, from, shown);
        show("+ ", added, from, shown);
        return shown;
    }

    private static List<String> lines(Optional<String> text) {
        return text.map(each -> each.lines().toList()).orElse(List.of());
    }

    private static int common(List<String> a, List<String> b) {
        int same = 0;
        while (same < Math.min(a.size(), b.size()) && a.get(same).equals(b.get(same))) {
            same++;
        }
        return same;
    }

    private static int commonStart(String a, String b) {
        int same = 0;
        while (same < Math.min(a.length(), b.length()) && a.charAt(same) == b.charAt(same)) {
            same++;
        }
        return same;
    }

    private static void show(String sign, List<String> lines, int from, List<String> shown) {
        for (String line : lines.subList(0, Math.min(MOST_LINES, lines.size()))) {
            shown.add(sign + cut(line, from));
        }
        if (lines.size() > MOST_LINES) {
            shown.add(sign + "… " + (lines.size() - MOST_LINES) + " more lines");
        }
    }

    /** A line that is too long, from a little before the place that matters. */
    private static String cut(String line, int from) {
        if (line.length() <= MOST_CHARACTERS) {
            return line;
        }
        int start = Math.max(0, Math.min(from - AROUND, line.length() - MOST_CHARACTERS));
        int end = Math.min(line.length(), start + MOST_CHARACTERS);
        return (start > 0 ? "…" : "") + line.substring(start, end) + (end < line.length() ? "…" : "");
    }
}
