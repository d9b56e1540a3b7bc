package dev.yardmaster.tool.builtin;

import java.util.ArrayList;
import java.util.List;

/**
 * What a search answers, in the shape it was asked for, whoever searches: {@link LineGrep} or {@link Ripgrep}. The lines
 * look like ripgrep's. It is told of files one after the other and of their lines in order; only the page that is shown
 * is kept, at most 100,000 characters of it, what comes after it is counted. Not thread-safe.
 */
final class GrepAnswer implements LineListener {

    private static final int MAX_LINE = 1_000;
    private static final int MAX_CHARS = 100_000;
    private static final int MAX_NOTES = 10;

    private final GrepOptions options;
    private final List<String> page = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private String path = "";
    private long last;
    private long inFile;
    private long entries;
    private long chars;
    private boolean full;
    private long matched;
    private long files;

    GrepAnswer(GrepOptions options) {
        this.options = options;
    }

    @Override
    public void note(String what) {
        if (notes.size() < MAX_NOTES) {
            notes.add("(" + what + ")");
        }
    }

    /** The lines that are told next are this file's. @param shown its path */
    void begin(String shown) {
        path = shown;
        last = 0;
        inFile = 0;
    }

    @Override
    public void match(long number, String text, List<String> found) {
        inFile += found.size();
        if (!options.isContent()) {
            return;
        }
        if (options.onlyMatching()) {
            found.forEach(each -> add(entry(number, ':', each)));
        } else {
            line(number, ':', text);
        }
    }

    @Override
    public void around(long number, String text) {
        if (options.isContent() && !options.onlyMatching()) {
            line(number, '-', text);
        }
    }

    private void line(long number, char separator, String text) {
        if (options.hasContext() && last > 0 && number > last + 1) {
            add("--");
        }
        add(entry(number, separator, text));
        last = number;
    }

    @Override
    public boolean hasEnough() {
        return options.isFiles() && inFile > 0;
    }

    void end() {
        if (inFile == 0) {
            return;
        }
        files++;
        matched += inFile;
        if (options.isCount()) {
            add(path + ":" + inFile);
        } else if (options.isFiles()) {
            add(path);
        }
    }

    private String entry(long number, char separator, String text) {
        int end = Math.min(MAX_LINE, text.length());
        end -= end < text.length() && Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
        String cut = end == text.length() ? text : text.substring(0, end) + " … (line cut)";
        return path + separator + (options.numbers() ? number + String.valueOf(separator) : "") + cut;
    }

    private void add(String entry) {
        full = full || page.size() >= options.limit() || chars >= MAX_CHARS;
        if (entries++ >= options.offset() && !full) {
            page.add(entry);
            chars += entry.length();
        }
    }

    /** What is told. @param complete whether everything was searched */
    String text(boolean complete) {
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
            if (options.isCount()) {
                lines.add("(" + matched + " matches in " + files + " files)");
            }
        }
        if (!complete) {
            lines.add("(the search was stopped early; use a narrower path)");
        }
        lines.addAll(notes);
        return String.join("\n", lines);
    }
}
