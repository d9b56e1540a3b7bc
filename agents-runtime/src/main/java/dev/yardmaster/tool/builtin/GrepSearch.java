package dev.yardmaster.tool.builtin;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Collects what a search found, in the shape it was asked for; the lines look like ripgrep's. Only the page that is shown
 * is kept, at most 100,000 characters of it; what comes after it is counted.
 */
final class GrepSearch {

    private static final int MAX_LINE = 1_000;
    private static final int MAX_CHARS = 100_000;

    private final Pattern pattern;
    private final GrepOptions options;
    private final List<String> page = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long entries;
    private long chars;
    private boolean full;
    private long matched;
    private int files;

    GrepSearch(Pattern pattern, GrepOptions options) {
        this.pattern = pattern;
        this.options = options;
    }

    /** A file that was not searched. */
    void passedOver(String why) {
        if (notes.size() < 10) {
            notes.add("(not searched: " + why + ")");
        }
    }

    private void add(String entry) {
        full = full || page.size() >= options.limit() || chars >= MAX_CHARS;
        if (entries++ >= options.offset() && !full) {
            page.add(entry);
            chars += entry.length();
        }
    }

    /** What is told. @param complete whether everything was searched */
    String found(boolean complete) {
        var lines = new ArrayList<String>();
        if (entries == 0) {
            lines.add(complete ? "No matches found" : "No matches found before the search was stopped");
        } else if (options.offset() >= entries) {
            lines.add("No entries from offset " + options.offset() + " on; there are " + entries);
        } else {
            lines.addAll(page);
            long next = options.offset() + page.size();
            if (next < entries) {
                lines.add("(" + (entries - next) + " more; go on with offset " + next + ")");
            }
            if (options.mode().equals("count")) {
                lines.add("(" + matched + " matches in " + files + " files)");
            }
        }
        if (!complete) {
            lines.add("(the search was stopped early; use a narrower path)");
        }
        lines.addAll(notes);
        return String.join("\n", lines);
    }

    void file(String path, String text) {
        List<String> lines = text.lines().toList();
        var matches = new TreeMap<Integer, List<String>>();
        if (options.multiline()) {
            acrossLines(text, matches);
        } else {
            for (int i = 0; i < lines.size(); i++) {
                inLine(i, lines.get(i), matches);
            }
        }
        if (matches.isEmpty()) {
            return;
        }
        int count = matches.values().stream().mapToInt(List::size).sum();
        files++;
        matched += count;
        switch (options.mode()) {
            case "count" -> add(path + ":" + count);
            case "content" -> content(path, lines, matches);
            default -> add(path);
        }
    }

    private void inLine(int line, String text, TreeMap<Integer, List<String>> matches) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return;
        }
        var found = new ArrayList<String>();
        found.add(matcher.group());
        while (options.onlyMatching() && matcher.find()) {
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
            for (int i = 1; i <= spanned && !options.onlyMatching(); i++) {
                matches.computeIfAbsent(line + i, more -> new ArrayList<>());
            }
        }
    }

    private void content(String path, List<String> lines, TreeMap<Integer, List<String>> matches) {
        int shown = -1;
        for (int line : matches.keySet()) {
            if (options.onlyMatching()) {
                matches.get(line).forEach(match -> add(entry(path, line, ':', match)));
                continue;
            }
            int from = Math.max(shown + 1, line - options.before());
            if ((options.before() > 0 || options.after() > 0) && shown >= 0 && from > shown + 1) {
                add("--");
            }
            for (int i = from; i <= Math.min(lines.size() - 1, line + options.after()); i++) {
                add(entry(path, i, matches.containsKey(i) ? ':' : '-', lines.get(i)));
                shown = i;
            }
        }
    }

    private String entry(String path, int line, char separator, String text) {
        String cut = text.length() <= MAX_LINE ? text : text.substring(0, MAX_LINE) + " … (line cut)";
        return path + separator + (options.numbers() ? (line + 1) + String.valueOf(separator) : "") + cut;
    }
}
