package dev.yardmaster.undo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All that is in a workspace, by what the file system says of it without reading: enough to see what was changed. Folders
 * that hold what others made are left out.
 *
 * @param complete whether there was not too much of it
 */
record Tree(Map<Path, Stamp> stamps, boolean complete) {

    private static final int MOST = 5_000;

    /** Whose changes are not noticed; said in docs/undo.md. */
    static final Set<String> LEFT_OUT = Set.of(
            ".git", ".yardmaster", "node_modules", "target", "build", "dist", "__pycache__", ".venv", "venv", ".idea");

    /** What changes when a file is written, replaced or given another mode. */
    record Stamp(long size, FileTime modified, Optional<Object> changed, Optional<Object> key) {}

    static Tree of(Path root) throws IOException {
        var stamps = new TreeMap<Path, Stamp>();
        var complete = new boolean[] {true};
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (folder.equals(root)) {
                    return FileVisitResult.CONTINUE;
                }
                if (LEFT_OUT.contains(folder.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return add(folder, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                return add(file, attributes);
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                complete[0] = false;
                return FileVisitResult.CONTINUE;
            }

            private FileVisitResult add(Path path, BasicFileAttributes attributes) {
                if (stamps.size() >= MOST) {
                    complete[0] = false;
                    return FileVisitResult.TERMINATE;
                }
                boolean folder = attributes.isDirectory(); // its time is that of what is in it
                stamps.put(
                        path,
                        new Stamp(
                                folder ? 0 : attributes.size(),
                                folder ? FileTime.fromMillis(0) : attributes.lastModifiedTime(),
                                folder ? Optional.empty() : changed(path),
                                Optional.ofNullable(attributes.fileKey())));
                return FileVisitResult.CONTINUE;
            }
        });
        return new Tree(stamps, complete[0]);
    }

    private static Optional<Object> changed(Path path) {
        try {
            return Optional.ofNullable(Files.getAttribute(path, "unix:ctime", java.nio.file.LinkOption.NOFOLLOW_LINKS));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
