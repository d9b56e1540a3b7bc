package dev.yardmaster.knowledge;

import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.knowledge.Handout.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads files of instructions and what they import with {@code @path}: each once, within limits, and none that lies outside of
 * the folder that they are for. A file that came with a checkout must not bring {@code @~/.ssh/id_rsa} before a model's eyes.
 */
final class InstructionFiles {

    private static final int LONGEST = 40_000;
    private static final int LONGEST_TOGETHER = 120_000;
    private static final int DEEPEST = 5;
    private static final int MOST_IMPORTS = 50;
    private static final Pattern CODE = Pattern.compile("(?s)```.*?(?:```|\\z)|`[^`\\n]*`");
    private static final Pattern IMPORT = Pattern.compile("(?<![\\w@/])@([~.\\w][^\\s,;:)\\]}'\"<>]*)");

    private final Predicate<Path> mayBeRead;
    private final Set<String> contents = new HashSet<>();
    private final Set<Path> seen = new HashSet<>();
    private final List<Handout> all = new ArrayList<>();
    private int room = LONGEST_TOGETHER;
    private int imports;

    InstructionFiles(Predicate<Path> mayBeRead) {
        this.mayBeRead = mayBeRead;
    }

    List<Handout> all() {
        return List.copyOf(all);
    }

    /** Adds a file, if it is there. @param within nothing outside of this is read for it */
    void add(Path file, Path within) {
        if (Files.exists(file)) {
            add(file, within, 0);
        }
    }

    /** Adds a person's own file, if it is there: it may be a link, and imports from where it really is. */
    void addOwn(Path file) {
        try {
            if (Files.exists(file)) {
                Path real = file.toRealPath();
                add(real, real.getParent(), 0);
            }
        } catch (IOException e) {
            absent(file, "it cannot be read: " + FileTrouble.of(e));
        }
    }

    private void add(Path file, Path within, int depth) {
        try {
            Path real = file.toRealPath();
            if (!seen.add(real)) {
                return;
            }
            if (!real.startsWith(within.toRealPath())) {
                absent(file, "it lies outside of " + within);
            } else if (!Files.isRegularFile(real)) {
                absent(file, "it is no file");
            } else if (!mayBeRead.test(real)) {
                absent(file, "a permission rule denies reading it");
            } else {
                read(file, within, depth);
            }
        } catch (IOException e) {
            absent(file, "it cannot be read: " + FileTrouble.of(e));
        }
    }

    private void absent(Path file, String why) {
        all.add(Handout.of(Kind.ABSENT, file.toString(), why));
    }

    private void read(Path file, Path within, int depth) throws IOException {
        String text;
        try (var stream = Files.newInputStream(file)) {
            text = new String(stream.readNBytes(4 * LONGEST), StandardCharsets.UTF_8).strip();
        }
        if (text.indexOf('\0') >= 0) {
            absent(file, "it is no text");
            return;
        }
        String cut = text.length() <= Math.min(LONGEST, room)
                ? text
                : text.substring(0, Math.min(LONGEST, room)) + "\n[cut off: more than is handed over]";
        if (text.isEmpty() || !contents.add(text)) {
            return; // AGENTS.md is often a copy of CLAUDE.md
        }
        if (room == 0) {
            absent(file, "there are more than " + LONGEST_TOGETHER + " characters of instructions already");
            return;
        }
        room -= Math.min(room, cut.length());
        all.add(Handout.of(Kind.INSTRUCTIONS, file.toString(), cut));
        imported(file, cut, within, depth);
    }

    private void imported(Path file, String text, Path within, int depth) {
        Matcher named = IMPORT.matcher(CODE.matcher(text).replaceAll(" "));
        while (depth < DEEPEST && named.find() && imports < MOST_IMPORTS) {
            String written = named.group(1).replaceFirst("[.!?]+$", "");
            try {
                Path meant = written.startsWith("~/")
                        ? Path.of(System.getProperty("user.home"), written.substring(2))
                        : file.resolveSibling(written).normalize();
                if (Files.exists(meant)) { // '@mia' in a text is a person
                    imports++;
                    add(meant, within, depth + 1);
                }
            } catch (InvalidPathException e) {
                // no path, so nothing to import
            }
        }
    }
}
