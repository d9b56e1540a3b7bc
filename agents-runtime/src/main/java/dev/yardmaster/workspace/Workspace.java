package dev.yardmaster.workspace;

import dev.yardmaster.event.YardmasterException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The folder that tools may touch. Paths are resolved for real, links followed, before anybody decides about them, and
 * resolved once more when the file is opened: a path that leads elsewhere by then is refused.
 */
public final class Workspace {

    private final Path root;

    private Workspace(Path root) {
        this.root = root;
    }

    /**
     * A workspace on an existing folder.
     *
     * @throws YardmasterException when it does not exist, is no folder or cannot be read
     */
    public static Workspace of(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new YardmasterException("the workspace '" + folder + "' "
                    + (Files.exists(folder) ? "is not a folder" : "does not exist") + "; name an existing folder");
        }
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            throw new YardmasterException(
                    "the workspace '" + folder + "' cannot be read; check its permissions or name another folder");
        }
        try {
            return new Workspace(folder.toRealPath());
        } catch (IOException e) {
            throw new YardmasterException("the workspace '" + folder + "' cannot be opened: " + e.getMessage(), e);
        }
    }

    /** The real path of the folder. */
    public Path root() {
        return root;
    }

    /** Whether a target lies in this folder, by whole components. */
    public boolean contains(Path target) {
        return target.startsWith(root);
    }

    /**
     * Where a path leads: absolute, relative to the root, or beginning with {@code ~}.
     *
     * @throws UnusablePathException when it is empty, holds control characters or goes round in links
     */
    public ResolvedPath resolve(String path) {
        if (path.isBlank() || path.chars().anyMatch(Character::isISOControl)) {
            throw new UnusablePathException(
                    path.isBlank() ? "the path is empty" : "the path holds control characters; use a plain path");
        }
        String expanded =
                path.equals("~") || path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
        Path absolute = root.resolve(expanded);
        Path target = PathWalk.target(absolute);
        boolean climbs = expanded.contains("..");
        return new ResolvedPath(climbs ? target : absolute.normalize(), target);
    }

    /** The path of a file as people and models see it: relative to the root where it lies inside. */
    public String shown(Path path) {
        return contains(path) && !path.equals(root) ? root.relativize(path).toString() : path.toString();
    }

    /**
     * The bytes of a file.
     *
     * @param limit the most to read; a larger file is refused
     * @throws UnusablePathException when it is no regular file, larger than the limit, or not where it was
     */
    public byte[] read(ResolvedPath file, long limit) throws IOException {
        Path target = unchanged(file);
        if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new UnusablePathException("'" + shown(file.written()) + "' is "
                    + (Files.isDirectory(target) ? "a folder" : Files.exists(target) ? "no regular file" : "missing"));
        }
        try (SeekableByteChannel channel =
                Files.newByteChannel(target, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            if (channel.size() > limit) {
                throw new UnusablePathException("'" + shown(file.written()) + "' is too large: " + channel.size()
                        + " bytes, the limit is " + limit);
            }
            ByteBuffer buffer = ByteBuffer.allocate((int) channel.size());
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
            return java.util.Arrays.copyOf(buffer.array(), buffer.position());
        }
    }

    /**
     * Creates or replaces a file in one move; folders on the way are created, the mode of an existing file is kept.
     *
     * @throws UnusablePathException when there is something other than a regular file, or the path leads elsewhere now
     */
    public void write(ResolvedPath file, byte[] content) throws IOException {
        Path target = unchanged(file);
        boolean exists = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        if (exists && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new UnusablePathException("'" + shown(file.written()) + "' is "
                    + (Files.isDirectory(target) ? "a folder" : "no regular file"));
        }
        Path folder = target.getParent();
        Files.createDirectories(folder);
        unchanged(file);
        Path temporary = folder.resolve("." + target.getFileName() + "."
                + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".tmp");
        try {
            Files.write(temporary, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (exists) {
                keepMode(target, temporary);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void keepMode(Path from, Path to) throws IOException {
        var old = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        var fresh = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (old != null && fresh != null) {
            fresh.setPermissions(old.readAttributes().permissions());
        }
    }

    private Path unchanged(ResolvedPath file) {
        Path now = PathWalk.target(file.written());
        if (!now.equals(file.target())) {
            throw new UnusablePathException(
                    "'" + shown(file.written()) + "' leads elsewhere than a moment ago; nothing was" + " done");
        }
        return now;
    }
}
