package dev.yardmaster.workspace;

import dev.yardmaster.event.FileTrouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was in a workspace at a moment, to see afterwards what changed, by whatever means. Keeps files of up to 1 MiB and
 * at most 5,000 of them in memory; of larger ones it knows size and time; folders that hold what others made
 * ({@code .git}, {@code node_modules}, {@code target} …) are left out.
 */
public final class Snapshot {

    private static final long MAX_FILE = 1024 * 1024;
    private static final int MAX_FILES = 5_000;
    private static final Set<String> LEFT_OUT = Set.of(
            ".git", ".yardmaster", "node_modules", "target", "build", "dist", "__pycache__", ".venv", "venv", ".idea");

    /** @param content empty for a file that is too large */
    private record Kept(long size, long modified, Optional<byte[]> content) {}

    private final Path root;
    private final Map<String, Kept> files;
    private final boolean complete;

    private Snapshot(Path root, Map<String, Kept> files, boolean complete) {
        this.root = root;
        this.files = files;
        this.complete = complete;
    }

    /** What is in the workspace now. Reads its files; blocks. */
    public static Snapshot of(Workspace workspace) {
        var files = new TreeMap<String, Kept>();
        boolean complete = walk(workspace.root(), files);
        return new Snapshot(workspace.root(), files, complete);
    }

    /** Whether it covers every file outside the folders that are left out. */
    public boolean isComplete() {
        return complete;
    }

    /** What is different now, sorted by path. */
    public List<FileChange> changes() {
        var now = new TreeMap<String, Kept>();
        walk(root, now);
        var paths = new TreeSet<>(files.keySet());
        paths.addAll(now.keySet());
        var changes = new ArrayList<FileChange>();
        for (String path : paths) {
            Optional<Kept> before = Optional.ofNullable(files.get(path));
            Optional<Kept> after = Optional.ofNullable(now.get(path));
            if (differ(before, after)) {
                changes.add(new FileChange(path, content(before), content(after)));
            }
        }
        return changes;
    }

    private static boolean differ(Optional<Kept> before, Optional<Kept> after) {
        if (before.isEmpty() || after.isEmpty()) {
            return true;
        }
        Kept then = before.get();
        Kept now = after.get();
        return then.content().isPresent() && now.content().isPresent()
                ? !java.util.Arrays.equals(then.content().get(), now.content().get())
                : then.size() != now.size() || then.modified() != now.modified();
    }

    /** A file too large to be kept counts as binary: a NUL byte stands for it. */
    private static Optional<byte[]> content(Optional<Kept> kept) {
        return kept.map(file -> file.content().orElse(new byte[] {0}));
    }

    private static boolean walk(Path root, Map<String, Kept> files) {
        var complete = new boolean[] {true};
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean skip = !folder.equals(root)
                            && LEFT_OUT.contains(folder.getFileName().toString());
                    return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (files.size() >= MAX_FILES) {
                        complete[0] = false;
                        return FileVisitResult.TERMINATE;
                    }
                    if (attributes.isRegularFile()) {
                        files.put(root.relativize(file).toString(), kept(file, attributes));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    complete[0] = false;
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the workspace '" + root + "' cannot be read: " + FileTrouble.of(e), e);
        }
        return complete[0];
    }

    private static Kept kept(Path file, BasicFileAttributes attributes) throws IOException {
        Optional<byte[]> content = attributes.size() > MAX_FILE || !Files.isReadable(file)
                ? Optional.empty()
                : Optional.of(Files.readAllBytes(file));
        return new Kept(attributes.size(), attributes.lastModifiedTime().toMillis(), content);
    }
}
