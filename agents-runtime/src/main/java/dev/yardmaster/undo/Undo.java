package dev.yardmaster.undo;

import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.undo.Note.Kind;
import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.UnusablePathException;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one run changed in its workspace, and the way back. A snapshot of what was noted so far; the files are looked at
 * when it is asked.
 */
public final class Undo {

    /**
     * What is to become of a path.
     *
     * @param path absolute
     * @param what in words: {@code restored}, {@code removed}, {@code brought back}
     * @param hindrance why it is not as the run left it, or cannot become what it was; empty when nothing is in the way
     */
    public record Step(Path path, String what, String hindrance) {

        public boolean isFree() {
            return hindrance.isEmpty();
        }
    }

    private final Kept kept;
    private final Workspace workspace;
    private final Map<Path, Optional<PathState>> was = new LinkedHashMap<>();
    private final Map<Path, Optional<PathState>> is = new TreeMap<>();
    private final Set<Path> began = new TreeSet<>();
    private int commands;
    private int cutOff;
    private String notWhole = "";
    private String undone = "";

    private Undo(Kept kept, Workspace workspace, List<Note> notes) {
        this.kept = kept;
        this.workspace = workspace;
        notes.forEach(this::read);
    }

    /** @throws YardmasterException when the workspace is not there any more, or what is kept cannot be read */
    static Undo of(Kept kept) {
        try {
            List<Note> notes = kept.notes();
            Path root = notes.stream()
                    .filter(note -> note.kind() == Kind.ROOT)
                    .findFirst()
                    .map(note -> Path.of(note.path()))
                    .orElseThrow(() -> new YardmasterException("'" + kept.folder() + "' does not say of which workspace"
                            + " it is; what the run changed cannot be undone"));
            return new Undo(kept, Workspace.of(root), notes);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "what is kept in '" + kept.folder() + "' cannot be read: " + FileTrouble.of(e), e);
        }
    }

    private void read(Note note) {
        switch (note.kind()) {
            case WAS -> was.putIfAbsent(Path.of(note.path()), note.state());
            case BEGAN -> began.add(Path.of(note.path()));
            case IS -> {
                is.put(Path.of(note.path()), note.state());
                began.remove(Path.of(note.path()));
            }
            case TREE -> notWhole = note.text();
            case COMMAND_BEGAN -> {
                commands++;
                cutOff++;
            }
            case COMMAND_ENDED -> cutOff--;
            case UNDONE -> undone = note.text();
            case ROOT -> {}
        }
    }

    /** The workspace that the run worked in. */
    public Workspace workspace() {
        return workspace;
    }

    /** How many commands ran that may have changed something. */
    public int commands() {
        return commands;
    }

    /** Why not all that commands changed is known; empty when it is. */
    public String notWhole() {
        return cutOff > 0 ? "a command was cut off, and what it changed was not noted" : notWhole;
    }

    /** When it was undone, in words; empty when it was not. */
    public Optional<String> undone() {
        return undone.isEmpty() ? Optional.empty() : Optional.of(undone);
    }

    /** What would be done now, in order: files first, then the folders that they were in. */
    public List<Step> steps() throws IOException {
        var steps = new ArrayList<Step>();
        var folders = new ArrayList<Step>();
        var touched = new TreeSet<>(is.keySet());
        touched.addAll(began);
        was.forEach((path, state) -> {
            if (state.isEmpty()) {
                touched.add(path); // a folder on the way to a file
            }
        });
        if (cutOff > 0) {
            touched.addAll(was.keySet());
        }
        for (Path path : touched) {
            Optional<PathState> now = Contents.look(path, workspace, (hash, content) -> {});
            Optional<PathState> then = was.getOrDefault(path, Optional.empty());
            if (!now.equals(then)) {
                boolean folder = now.or(() -> then).filter(PathState::isFolder).isPresent();
                (folder ? folders : steps).add(step(path, then, now));
            }
        }
        folders.sort(
                Comparator.comparing((Step each) -> each.path().getNameCount()).reversed());
        steps.addAll(folders);
        return steps;
    }

    private Step step(Path path, Optional<PathState> then, Optional<PathState> now) {
        String what = then.isEmpty() ? "removed" : now.isEmpty() ? "brought back" : "restored";
        return new Step(path, what, hindrance(path, then, now));
    }

    private String hindrance(Path path, Optional<PathState> then, Optional<PathState> now) {
        if (!workspace.resolve(path.toString()).target().equals(path)
                && now.filter(each -> each.kind().equals(PathState.OTHER)).isEmpty()) {
            return "a link on the way leads elsewhere now";
        }
        if (then.isPresent() && !then.get().isKept()) {
            return "it was no file, or one that is too large to be kept";
        }
        if (then.isPresent()
                && now.isPresent()
                && !now.get().kind().equals(then.get().kind())) {
            return "there is something of another kind in its place";
        }
        if (now.filter(PathState::isFolder).isPresent() && then.isEmpty()) {
            return ""; // removed when it is empty by then
        }
        if (is.containsKey(path) && !began.contains(path)) {
            return is.get(path).equals(now) ? "" : "it has changed since the run changed it";
        }
        return began.contains(path)
                ? "the run was cut off while it changed it"
                : "it has changed, and it may have been a command that was cut off";
    }

    /**
     * Does it.
     *
     * @param force also what is hindered by a later change; what cannot be done is left as it is in any case
     * @return what was done
     * @throws YardmasterException when something is in the way and {@code force} is not set; nothing is done then
     */
    public List<Step> apply(boolean force) throws IOException {
        List<Step> steps = steps();
        if (!force && !steps.stream().allMatch(Step::isFree)) {
            throw new YardmasterException(
                    steps.stream().filter(each -> !each.isFree()).count()
                            + " of the paths are not as the run left them; nothing was undone");
        }
        var done = new ArrayList<Step>();
        for (Step step : steps) {
            try {
                if (back(step.path(), was.getOrDefault(step.path(), Optional.empty()))) {
                    done.add(step);
                }
            } catch (UnusablePathException e) {
                continue; // forced, and not possible: it is not among what was done
            }
        }
        kept.add(
                List.of(Note.of(
                        Kind.UNDONE,
                        Instant.now().truncatedTo(ChronoUnit.SECONDS) + (force ? ", by force" : "") + ": " + done.size()
                                + (done.size() == 1 ? " path" : " paths"))),
                true);
        return done;
    }

    private boolean back(Path path, Optional<PathState> then) throws IOException {
        var place = new ResolvedPath(path, path);
        if (then.isEmpty()) {
            return workspace.remove(place);
        }
        if (then.get().isFolder()) {
            workspace.makeFolder(place);
        } else if (then.get().isKept()) {
            Optional<byte[]> content = kept.content(then.get().sha256());
            if (content.isEmpty()) {
                return false;
            }
            workspace.write(place, content.get());
        } else {
            return false;
        }
        if (!then.get().mode().isEmpty()) {
            workspace.setMode(place, then.get().mode());
        }
        return true;
    }
}
