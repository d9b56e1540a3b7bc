package dev.yardmaster.workflow;

import dev.yardmaster.event.FileTrouble;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The files of one workflow: its own, and those that its nodes have their graphs from. Each is read when it is named. */
final class WorkflowFiles {

    private static final int MOST = 50;
    private static final int DEEPEST = 10;

    /** Why a file cannot be used. */
    static final class Unusable extends Exception {
        Unusable(String message) {
            super(message);
        }
    }

    /** The files that are being read, the innermost first: none of them can be had again. */
    private final Deque<Path> open = new ArrayDeque<>();

    private final List<String> texts = new ArrayList<>();

    /** Opens a file; what it names is looked for beside it until it is {@linkplain #close() closed}. */
    String open(Path file) throws Unusable {
        String text = text(file);
        try {
            open(file.toRealPath(), text);
        } catch (IOException e) {
            throw new Unusable("it cannot be read (" + FileTrouble.of(e) + ")");
        }
        return text;
    }

    private void open(Path file, String text) throws Unusable {
        if (open.contains(file)) {
            throw new Unusable("it would be in itself; leave it out, or let an edge of a loop go back");
        }
        if (open.size() == DEEPEST) {
            throw new Unusable("graphs are nested more than " + DEEPEST + " files deep");
        }
        if (texts.size() == MOST) {
            throw new Unusable("a workflow has graphs from no more than " + MOST + " files");
        }
        open.push(file);
        texts.add(text);
    }

    void close() {
        open.pop();
    }

    /** Where a name in the file that is open leads. @param source what that file is called in messages */
    Path beside(String source, String name) throws Unusable {
        if (open.isEmpty()) {
            throw new Unusable(
                    "a workflow that was not read from a file has no others beside it; write the graph here");
        }
        try {
            return Path.of(source).resolveSibling(name);
        } catch (InvalidPathException e) {
            throw new Unusable("that is no path");
        }
    }

    /** All that was read, in order. */
    List<String> texts() {
        return List.copyOf(texts);
    }

    private static String text(Path file) throws Unusable {
        if (Files.isDirectory(file)) {
            throw new Unusable("it is a folder; name the workflow's file in it");
        }
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new Unusable("there is no such file; check the path");
        } catch (CharacterCodingException e) {
            throw new Unusable("it is not UTF-8 text; save it as UTF-8");
        } catch (IOException e) {
            throw new Unusable(
                    "it cannot be read (" + FileTrouble.of(e) + "); check that it is a file and that you may read it");
        }
    }
}
