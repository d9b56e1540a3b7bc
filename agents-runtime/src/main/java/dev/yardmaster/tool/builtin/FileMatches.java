package dev.yardmaster.tool.builtin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * What was found in a file, kept until it is its turn: of that which is not shown only how much it is. A file of which much is
 * to be shown is left, to be searched again when it is its turn. Not thread-safe.
 */
final class FileMatches implements LineListener {

    /** Some dozen files are ahead at a time: they are to stay below a hundred megabytes. */
    private static final int MOST_KEPT = 2_000;

    private final GrepOptions options;
    private final List<Consumer<LineListener>> told = new ArrayList<>();
    private int kept;
    private int found;
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
        return told.isEmpty() && found == 0;
    }

    @Override
    public void match(long number, String text, List<String> matches) {
        if (!options.isContent()) {
            found += matches.size();
        } else if (options.onlyMatching()) {
            keep(matches.size(), answer -> answer.match(number, "", matches));
        } else {
            List<String> unseen = Collections.nCopies(matches.size(), "");
            keep(1, answer -> answer.match(number, text, unseen));
        }
    }

    @Override
    public void around(long number, String text) {
        keep(1, answer -> answer.around(number, text));
    }

    @Override
    public boolean hasEnough() {
        return left || options.isFiles() && found > 0;
    }

    @Override
    public void note(String what) {
        keep(1, answer -> answer.note(what));
    }

    private void keep(int many, Consumer<LineListener> tells) {
        kept += many;
        if (kept > MOST_KEPT) {
            left = true;
            told.clear();
        } else {
            told.add(tells);
        }
    }

    void tellTo(LineListener listener) {
        told.forEach(each -> each.accept(listener));
        if (found > 0) {
            listener.match(1, "", Collections.nCopies(found, ""));
        }
    }
}
