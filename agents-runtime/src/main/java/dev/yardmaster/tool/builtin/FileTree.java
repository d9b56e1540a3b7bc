package dev.yardmaster.tool.builtin;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Goes through the regular files below a folder, links not followed, for at most 20 seconds. Sorted by nothing. */
final class FileTree {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Path folder;
    private final Predicate<Path> enters;
    private final long end = System.nanoTime() + LIMIT.toNanos();
    private boolean complete = true;

    /** Is told of each file. */
    interface Visitor {
        /** @param relative the path below the folder, with {@code /} between names */
        void file(Path file, String relative, BasicFileAttributes attributes) throws IOException;
    }

    private FileTree(Path folder, Predicate<Path> enters) {
        this.folder = folder;
        this.enters = enters;
    }

    static FileTree of(Path folder) {
        return new FileTree(folder, below -> true);
    }

    /** The same, leaving out folders. @param enters is asked for each folder below */
    FileTree entering(Predicate<Path> enters) {
        return new FileTree(folder, enters);
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
        complete = complete && System.nanoTime() < end;
        return complete;
    }

    void visit(Visitor visitor) throws IOException, InterruptedException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes) {
                return below.equals(folder) || enters.test(below)
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                    complete = false;
                    return FileVisitResult.TERMINATE;
                }
                if (attributes.isRegularFile()) {
                    visitor.file(file, folder.relativize(file).toString().replace('\\', '/'), attributes);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE; // a folder that may not be read holds nothing for us
            }

            @Override
            public FileVisitResult postVisitDirectory(Path below, @Nullable IOException e) {
                return FileVisitResult.CONTINUE; // nor does one that vanished while it was read
            }
        });
        goesOn();
    }
}
