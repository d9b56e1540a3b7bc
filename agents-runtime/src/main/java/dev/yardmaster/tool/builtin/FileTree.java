package dev.yardmaster.tool.builtin;

import dev.yardmaster.workspace.PinnedFolder;
import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Predicate;

/**
 * Goes through the regular files below a folder, links not followed, for at most 20 seconds. In the order of ripgrep's
 * {@code --sort path}: folder by folder, the names in each by their bytes. Each folder is entered from the one around it,
 * which is held open: what is exchanged for a link meanwhile is not entered.
 */
final class FileTree {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Workspace workspace;
    private final Path folder;
    private final Predicate<Path> enters;
    private final long end = System.nanoTime() + LIMIT.toNanos();
    private volatile boolean inTime = true;
    private volatile boolean complete = true;

    /** Is told of each file. */
    interface Visitor {
        void file(Found file) throws IOException, InterruptedException;
    }

    /**
     * A file.
     *
     * @param relative the path below the folder, with {@code /} between names
     * @param in its folder, held open for as long as the visitor looks at this, or holds it itself
     */
    record Found(Path path, String relative, BasicFileAttributes attributes, HeldFolder in) {}

    private FileTree(Workspace workspace, Path folder, Predicate<Path> enters) {
        this.workspace = workspace;
        this.folder = folder;
        this.enters = enters;
    }

    /** @param folder a real path */
    static FileTree of(Workspace workspace, Path folder) {
        return new FileTree(workspace, folder, below -> true);
    }

    /** The same, leaving out folders. @param enters is asked for each folder below */
    FileTree entering(Predicate<Path> enters) {
        return new FileTree(workspace, folder, enters);
    }

    /** Whether everything was visited. */
    boolean isComplete() {
        return complete;
    }

    /** Whether there is time to go on. @throws InterruptedException when the run was cancelled */
    boolean goesOn() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("cancelled while searching");
        }
        if (inTime && System.nanoTime() - end > 0) {
            inTime = false;
            complete = false;
        }
        return inTime;
    }

    /**
     * Says why something could not be looked into. What is gone, another thing by now, or may not be read holds nothing for us;
     * what any other trouble is about (too many open files, say) is missing from the answer.
     */
    void missed(IOException why) {
        boolean isNothing = why instanceof NoSuchFileException
                || why instanceof NotDirectoryException
                || why instanceof AccessDeniedException;
        if (!isNothing) {
            complete = false;
        }
    }

    /** @throws IOException when the folder itself cannot be looked into; of one below that cannot be see {@link #missed} */
    void visit(Visitor visitor) throws IOException, InterruptedException {
        Deque<Level> levels = new ArrayDeque<>();
        try {
            levels.push(level(workspace.openFolder(new ResolvedPath(folder, folder)), folder, ""));
            while (!levels.isEmpty() && goesOn()) {
                Level level = levels.peek();
                if (level.rest.isEmpty()) {
                    levels.pop().held.close();
                    continue;
                }
                PinnedFolder.Entry entry = level.rest.remove();
                if (entry.attributes().isRegularFile()) {
                    visitor.file(level.found(entry));
                    continue;
                }
                Optional<Level> below = level.below(entry.name());
                if (level.rest.isEmpty()) {
                    levels.pop().held.close(); // a deep tree is not held open whole
                }
                below.ifPresent(levels::push);
            }
        } finally {
            for (Level level : levels) {
                level.held.close();
            }
        }
    }

    private Level level(PinnedFolder opened, Path path, String prefix) throws InterruptedException {
        var held = new HeldFolder(opened);
        var level = new Level(held, path, prefix);
        try {
            level.list();
            return level;
        } catch (InterruptedException | RuntimeException e) {
            held.close();
            throw e;
        }
    }

    /** A folder on the way, and what of it is still to come. */
    private final class Level {

        final HeldFolder held;
        final Queue<PinnedFolder.Entry> rest = new ArrayDeque<>();
        private final Path path;
        private final String prefix;

        Level(HeldFolder held, Path path, String prefix) {
            this.held = held;
            this.path = path;
            this.prefix = prefix;
        }

        void list() throws InterruptedException {
            for (PinnedFolder.Entry entry : held.folder().entries(FileTree.this::goesOn)) {
                BasicFileAttributes attributes = entry.attributes();
                if (attributes.isRegularFile() || attributes.isDirectory() && enters.test(path.resolve(entry.name()))) {
                    rest.add(entry);
                }
            }
        }

        Found found(PinnedFolder.Entry file) {
            return new Found(path.resolve(file.name()), prefix + file.name(), file.attributes(), held);
        }

        Optional<Level> below(Path name) throws InterruptedException {
            try {
                return Optional.of(level(held.folder().enter(name), path.resolve(name), prefix + name + "/"));
            } catch (IOException e) {
                missed(e);
                return Optional.empty();
            }
        }
    }
}
