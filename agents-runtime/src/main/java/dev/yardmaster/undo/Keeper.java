package dev.yardmaster.undo;

import dev.yardmaster.undo.Note.Kind;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Keeps what one run is about to change, the first time it changes it, and notes what became of it. What is kept is on the
 * disk before the change. Thread-safe; blocks on the file system.
 */
public final class Keeper {

    /** So much of all files together is kept before the first command. */
    private static final long MOST_OF_TREE = 256L * 1024 * 1024;

    private final Kept kept;
    private final Workspace workspace;

    /** What is known of each path: what it is now, as far as the run has to do with it. */
    private final Map<String, Optional<PathState>> known = new HashMap<>();

    private boolean read;
    private boolean whole;
    private boolean snapshotted;
    private boolean lingering;
    private Optional<Tree> before = Optional.empty();

    Keeper(Kept kept, Workspace workspace) {
        this.kept = kept;
        this.workspace = workspace;
    }

    /**
     * A tool is about to change this.
     *
     * @param target absolute, links followed
     * @throws IOException when what is there cannot be kept; nothing should be changed then
     */
    public synchronized void before(Path target) throws IOException {
        read();
        var notes = new ArrayList<Note>();
        for (Path folder = target.getParent();
                folder != null && !Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
                folder = folder.getParent()) {
            first(folder, Optional.empty(), notes);
        }
        if (!known.containsKey(target.toString())) {
            first(target, look(target, true), notes);
        }
        notes.add(Note.of(Kind.BEGAN, target.toString(), Optional.empty()));
        kept.add(notes, true);
    }

    /** It was changed, or was not. */
    public synchronized void after(Path target) throws IOException {
        read();
        Optional<PathState> now = look(target, false);
        known.put(target.toString(), now);
        kept.add(List.of(Note.of(Kind.IS, target.toString(), now)), false);
    }

    /** A command is about to run, which may change anything in the workspace: the first time all of it is kept. */
    public synchronized void beforeCommand() throws IOException {
        read();
        Tree tree = Tree.of(workspace.root());
        var notes = new ArrayList<Note>();
        if (!snapshotted) {
            snapshotted = true;
            whole = tree.complete();
            long bytes = 0;
            for (Map.Entry<Path, Tree.Stamp> each : tree.stamps().entrySet()) {
                bytes += Math.min(each.getValue().size(), Contents.MOST_BYTES);
                if (bytes > MOST_OF_TREE) {
                    whole = false;
                    break;
                }
                if (!known.containsKey(each.getKey().toString())) {
                    first(each.getKey(), look(each.getKey(), false, true), notes);
                }
            }
            notes.add(Note.of(Kind.TREE, whole ? "" : "there is too much in the workspace to keep all of it"));
        }
        notes.add(Note.of(Kind.COMMAND_BEGAN, ""));
        kept.add(notes, false);
        before = Optional.of(tree);
    }

    /**
     * The command has ended.
     *
     * @param goesOn whether it left something running, which may go on changing files: see {@link #settled}
     */
    public synchronized void afterCommand(boolean goesOn) throws IOException {
        lingering |= goesOn;
        compare();
        kept.add(List.of(Note.of(Kind.COMMAND_ENDED, "")), false);
    }

    /** What commands left running has ended. */
    public synchronized void settled() throws IOException {
        if (lingering) {
            lingering = false;
            compare();
        }
    }

    /** Takes note of all that has changed since a moment before. */
    private void compare() throws IOException {
        if (before.isEmpty()) {
            return;
        }
        Tree then = before.get();
        Tree now = Tree.of(workspace.root());
        before = Optional.of(now);
        var notes = new ArrayList<Note>();
        var paths = new TreeSet<>(then.stamps().keySet());
        paths.addAll(now.stamps().keySet());
        for (Path path : paths) {
            Tree.Stamp old = then.stamps().get(path);
            Tree.Stamp young = now.stamps().get(path);
            if (old != null && old.equals(young)) {
                continue;
            }
            boolean fresh = old == null && !known.containsKey(path.toString());
            if (fresh && !(whole && now.complete())) {
                continue; // it may have been there before
            }
            if (young == null && !now.complete()) {
                continue; // it may be there still
            }
            if (fresh) {
                first(path, Optional.empty(), notes);
            }
            Optional<PathState> state = look(path, false);
            if (!state.equals(known.get(path.toString()))) {
                known.put(path.toString(), state);
                notes.add(Note.of(Kind.IS, path.toString(), state));
            }
        }
        kept.add(notes, false);
    }

    private void first(Path path, Optional<PathState> state, List<Note> notes) {
        if (known.putIfAbsent(path.toString(), state) == null) {
            notes.add(Note.of(Kind.WAS, path.toString(), state));
        }
    }

    private Optional<PathState> look(Path path, boolean keeping) throws IOException {
        return look(path, keeping, keeping);
    }

    private Optional<PathState> look(Path path, boolean durable, boolean keeping) throws IOException {
        return Contents.look(path, workspace, (hash, content) -> {
            if (keeping) {
                kept.keep(hash, content, durable);
            }
        });
    }

    /** What an earlier process kept. */
    private void read() throws IOException {
        if (read) {
            return;
        }
        read = true;
        for (Note note : kept.notes()) {
            switch (note.kind()) {
                case WAS -> known.putIfAbsent(note.path(), note.state());
                case IS -> known.put(note.path(), note.state());
                case TREE -> {
                    snapshotted = true;
                    whole = note.text().isEmpty();
                }
                case ROOT, BEGAN, COMMAND_BEGAN, COMMAND_ENDED, UNDONE -> {}
            }
        }
        if (!kept.exists()) {
            kept.add(List.of(Note.of(Kind.ROOT, workspace.root().toString(), Optional.empty())), false);
        }
    }
}
