package dev.yardmaster.definition;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the front matter of a file is.
 *
 * @param lines of the block, without the lines of dashes; everything after the opening when the block is not closed
 * @param firstLine the number of its first line in the file
 * @param body the lines after the closing
 * @param closed whether there is a closing line
 */
record FrontMatter(List<String> lines, int firstLine, List<String> body, boolean closed) {

    private static final Pattern OPENING = Pattern.compile("---[ \\t]*");
    private static final Pattern CLOSING = Pattern.compile("-{3,}[ \\t]*");
    private static final Pattern NAME_LINE = Pattern.compile("[ \\t]*name[ \\t]*:.*");
    private static final Pattern DESCRIPTION_LINE = Pattern.compile("[ \\t]*description[ \\t]*:.*");
    private static final Pattern DASHES = Pattern.compile("[ \\t]*-{2,}[ \\t]*");
    private static final int WITHIN_LINES = 12;

    /** Empty when the file has none; with an error among the findings when it was plainly meant to have one. */
    static Optional<FrontMatter> find(SourceText source, Findings findings) {
        List<String> all = source.lines();
        int opening = firstNotBlank(all);
        if (opening == all.size()) {
            return Optional.empty();
        }
        if (!OPENING.matcher(all.get(opening)).matches()) {
            reportMisshapen(all, opening, findings);
            return Optional.empty();
        }
        if (opening > 0) {
            findings.hint(
                    FilePosition.line(opening + 1),
                    "blank-lines-before",
                    "blank lines before the opening '---'",
                    "nothing needs doing here; other readers of such files want it on line 1");
        }
        for (int i = opening + 1; i < all.size(); i++) {
            if (CLOSING.matcher(all.get(i)).matches()) {
                reportLongClosing(all.get(i), i + 1, findings);
                return Optional.of(new FrontMatter(
                        all.subList(opening + 1, i), opening + 2, all.subList(i + 1, all.size()), true));
            }
        }
        return Optional.of(new FrontMatter(all.subList(opening + 1, all.size()), opening + 2, List.of(), false));
    }

    /** The number in the file of a line of the block. */
    int lineInFile(int index) {
        return firstLine + index;
    }

    private static void reportLongClosing(String line, int number, Findings findings) {
        if (line.strip().length() > 3) {
            findings.hint(
                    FilePosition.line(number),
                    "closing-line",
                    "the front matter is closed by more than three dashes",
                    "write '---'; other readers of such files look for exactly that");
        }
    }

    /** Front matter without an opening line, indented, or opened by too many or too few dashes. */
    private static void reportMisshapen(List<String> all, int first, Findings findings) {
        boolean dashes = DASHES.matcher(all.get(first)).matches();
        int name = dashes ? first + 1 + firstNotBlank(all.subList(first + 1, all.size())) : first;
        if (name >= all.size() || !NAME_LINE.matcher(all.get(name)).matches()) {
            return;
        }
        boolean described = all.subList(name, Math.min(all.size(), name + WITHIN_LINES)).stream()
                .anyMatch(line -> DESCRIPTION_LINE.matcher(line).matches());
        if (!described) {
            return;
        }
        findings.error(
                FilePosition.line(first + 1),
                "front-matter-misshapen",
                dashes
                        ? "the front matter is opened by " + Quoted.of(all.get(first)) + " instead of '---'"
                        : "a name and a description, but no '---' before them",
                "put a line '---', not indented, before the first key and after the last");
    }

    static int firstNotBlank(List<String> lines) {
        int at = 0;
        while (at < lines.size() && lines.get(at).isBlank()) {
            at++;
        }
        return at;
    }
}
