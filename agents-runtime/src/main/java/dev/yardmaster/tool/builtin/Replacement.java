package dev.yardmaster.tool.builtin;

import dev.yardmaster.tool.ReadFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One text that takes another's place.
 *
 * @param all whether every occurrence is meant, not the only one
 */
record Replacement(String old, String fresh, boolean all) {

    /** The same with line ends as the file's text has them. */
    private Replacement in(TextFile file) {
        return new Replacement(file.with(old).text(), file.with(fresh).text(), all);
    }

    /** Why it cannot be made in a file's text; empty when it can. */
    String problem(String shown, TextFile file) {
        Replacement here = in(file);
        if (here.old.isEmpty()) {
            return "old_string is empty; give the text to replace, or use Write for a new file";
        }
        if (here.old.equals(here.fresh)) {
            return "old_string and new_string are the same; nothing would change";
        }
        int count = here.places(file.text()).size();
        if (count == 0) {
            return "old_string does not occur in '" + shown + "'" + here.nearest(file.text());
        }
        if (count > 1 && !all) {
            return "old_string occurs " + count + " times in '" + shown
                    + "'; give more of the text around it, or set replace_all";
        }
        if (!made(file).isEncodable()) {
            return "'" + shown + "' is in " + file.charset() + ", which has not all characters of"
                    + " new_string; leave those out, or convert the file to UTF-8 first";
        }
        return "";
    }

    /** A problem when lines that would be changed were not among those read. */
    String unseen(Path target, TextFile file, ReadFiles read) {
        Replacement here = in(file);
        var unseen = new ArrayList<Integer>();
        int more = lineBreaks(here.old, here.old.stripTrailing().length());
        for (int place : here.places(file.text())) {
            int line = lineBreaks(file.text(), place) + 1;
            if (!read.sawLines(target, line, line + more)) {
                unseen.add(line);
            }
        }
        return unseen.isEmpty()
                ? ""
                : "old_string is in line "
                        + unseen.stream().limit(10).map(String::valueOf).collect(Collectors.joining(", "))
                        + ", which you have not read; read it first (offset, limit)";
    }

    int count(TextFile file) {
        return in(file).places(file.text()).size();
    }

    TextFile made(TextFile file) {
        Replacement here = in(file);
        String text = file.text();
        int at = text.indexOf(here.old);
        return file.with(
                all
                        ? text.replace(here.old, here.fresh)
                        : text.substring(0, at) + here.fresh + text.substring(at + here.old.length()));
    }

    /** Remembers what it changed: from the last place to the first, so that no line that is still to come has moved. */
    void remember(Path target, TextFile before, TextFile after, ReadFiles read) {
        Replacement here = in(before);
        int gone = lineBreaks(here.old, here.old.length()) + 1;
        int come = lineBreaks(here.fresh, here.fresh.length()) + 1;
        String sha256 = TextFile.sha256(after.bytes());
        for (int place : here.places(before.text()).reversed()) {
            read.edited(target, sha256, lineBreaks(before.text(), place) + 1, gone, come);
        }
    }

    private static int lineBreaks(String text, int end) {
        return (int) text.chars().limit(end).filter(c -> c == '\n').count();
    }

    /** The line that differs from the first line of the text only in its blanks. */
    private String nearest(String text) {
        String wanted = old.lines().findFirst().orElse("").strip();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!wanted.isEmpty() && line.strip().equals(wanted)) {
                return "; line " + number + " is the same but for blanks or what follows: \"" + line + "\"";
            }
        }
        return "; read the file again and copy the text exactly";
    }

    /** Where the text begins in another; places that overlap count, because any of them may be meant. */
    private List<Integer> places(String text) {
        var places = new ArrayList<Integer>();
        for (int at = text.indexOf(old); at >= 0; at = text.indexOf(old, at + 1)) {
            places.add(at);
        }
        return places;
    }
}
