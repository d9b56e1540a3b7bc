package dev.yardmaster.tool.builtin;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Collects what a search found, in the shape it was asked for; the lines look like ripgrep's. */
final class GrepSearch {

    private static final int MAX_LINE = 1_000;

    private final Pattern pattern;
    private final String mode;
    private final boolean numbers;
    private final boolean onlyMatching;
    private final boolean multiline;
    private final int before;
    private final int after;
    private final List<String> entries = new ArrayList<>();

    GrepSearch(
            Pattern pattern,
            String mode,
            boolean numbers,
            boolean onlyMatching,
            boolean multiline,
            int before,
            int after) {
        this.pattern = pattern;
        this.mode = mode;
        this.numbers = numbers;
        this.onlyMatching = onlyMatching;
        this.multiline = multiline;
        this.before = before;
        this.after = after;
    }

    List<String> entries() {
        return entries;
    }

    void file(String path, String text) {
        List<String> lines = text.lines().toList();
        var matches = new TreeMap<Integer, List<String>>();
        if (multiline) {
            acrossLines(text, matches);
        } else {
            for (int i = 0; i < lines.size(); i++) {
                inLine(i, lines.get(i), matches);
            }
        }
        if (matches.isEmpty()) {
            return;
        }
        switch (mode) {
            case "count" ->
                entries.add(path + ":"
                        + matches.values().stream().mapToInt(List::size).sum());
            case "content" -> content(path, lines, matches);
            default -> entries.add(path);
        }
    }

    private void inLine(int line, String text, TreeMap<Integer, List<String>> matches) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return;
        }
        var found = new ArrayList<String>();
        found.add(matcher.group());
        while (onlyMatching && matcher.find()) {
            found.add(matcher.group());
        }
        matches.put(line, found);
    }

    private void acrossLines(String text, TreeMap<Integer, List<String>> matches) {
        Matcher matcher = pattern.matcher(text);
        int line = 0;
        int counted = 0;
        while (matcher.find()) {
            for (; counted < matcher.start(); counted++) {
                line += text.charAt(counted) == '\n' ? 1 : 0;
            }
            matches.computeIfAbsent(line, first -> new ArrayList<>()).add(matcher.group());
            long spanned = matcher.group()
                    .stripTrailing()
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            for (int i = 1; i <= spanned && !onlyMatching; i++) {
                matches.computeIfAbsent(line + i, more -> new ArrayList<>());
            }
        }
    }

    private void content(String path, List<String> lines, TreeMap<Integer, List<String>> matches) {
        int shown = -1;
        for (int line : matches.keySet()) {
            if (onlyMatching) {
                matches.get(line).forEach(match -> entries.add(entry(path, line, ':', match)));
                continue;
            }
            int from = Math.max(shown + 1, line - before);
            if ((before > 0 || after > 0) && shown >= 0 && from > shown + 1) {
                entries.add("--");
            }
            for (int i = from; i <= Math.min(lines.size() - 1, line + after); i++) {
                entries.add(entry(path, i, matches.containsKey(i) ? ':' : '-', lines.get(i)));
                shown = i;
            }
        }
    }

    private String entry(String path, int line, char separator, String text) {
        String cut = text.length() <= MAX_LINE ? text : text.substring(0, MAX_LINE) + " … (line cut)";
        return path + separator + (numbers ? (line + 1) + String.valueOf(separator) : "") + cut;
    }
}
