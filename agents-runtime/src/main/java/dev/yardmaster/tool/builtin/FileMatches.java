package dev.yardmaster.tool.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What was found in a file, kept until it is its turn. Not thread-safe. */
final class FileMatches implements LineListener {

    private final GrepOptions options;
    private final List<Consumer<LineListener>> told = new ArrayList<>();
    private boolean found;
    private boolean left;

    FileMatches(GrepOptions options) {
        this.options = options;
    }

    /** Of a file that is left to whoever reads it piece by piece. */
    static FileMatches left(GrepOptions options) {
        var matches = new FileMatches(options);
        matches.left = true;
        return matches;
    }

    boolean isLeft() {
        return left;
    }

    boolean isEmpty() {
        return told.isEmpty();
    }

    @Override
    public void match(long number, String text, List<String> matches) {
        found = true;
        String kept = options.isContent() ? text : "";
        told.add(answer -> answer.match(number, kept, matches));
    }

    @Override
    public void around(long number, String text) {
        told.add(answer -> answer.around(number, text));
    }

    @Override
    public boolean hasEnough() {
        return options.isFiles() && found;
    }

    @Override
    public void note(String what) {
        told.add(answer -> answer.note(what));
    }

    void tellTo(LineListener listener) {
        told.forEach(each -> each.accept(listener));
    }
}
