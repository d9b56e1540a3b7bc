package dev.yardmaster.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The files of a workspace. Where a path leads is looked at once more before anything is done, and whatever lies inside is
 * reached name by name from the workspace's folder, without following links.
 */
final class PinnedFiles {

    private final Workspace workspace;

    PinnedFiles(Workspace workspace) {
        this.workspace = workspace;
    }

    byte[] read(ResolvedPath file, long limit) throws IOException {
        try (SeekableByteChannel channel = open(file)) {
            if (channel.size() > limit) {
                throw new UnusablePathException("'" + workspace.shown(file.written()) + "' is too large: "
                        + channel.size() + " bytes, the limit is " + limit);
            }
            ByteBuffer buffer = ByteBuffer.allocate((int) channel.size());
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
            return Arrays.copyOf(buffer.array(), buffer.position());
        }
    }

    SeekableByteChannel open(ResolvedPath file) throws IOException {
        Path target = unchanged(file);
        Path name = target.getFileName();
        if (name == null) {
            throw new UnusablePathException("'" + target + "' is a folder");
        }
        try (PinnedFolder folder = PinnedFolder.open(anchor(target), target.getParent())) {
            Optional<BasicFileAttributes> found = folder.find(name);
            if (found.isEmpty() || !found.get().isRegularFile()) {
                throw notRegular(file, found);
            }
            return folder.reading(name);
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw notRegular(file, Optional.empty());
        }
    }

    PinnedFolder openFolder(ResolvedPath folder) throws IOException {
        Path target = unchanged(folder);
        try {
            return PinnedFolder.open(anchor(target.resolve("any")), target);
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new UnusablePathException("'" + workspace.shown(folder.written()) + "' is no folder");
        }
    }

    private UnusablePathException notRegular(ResolvedPath file, Optional<BasicFileAttributes> found) {
        String what = found.map(each -> each.isDirectory() ? "a folder" : "no regular file")
                .orElse("missing");
        return new UnusablePathException("'" + workspace.shown(file.written()) + "' is " + what);
    }

    void write(ResolvedPath file, byte[] content) throws IOException {
        Path target = unchanged(file);
        Path name = target.getFileName();
        if (name == null) {
            throw new UnusablePathException("'" + target + "' is a folder");
        }
        try (PinnedFolder folder = made(file, target.getParent())) {
            Optional<BasicFileAttributes> old = folder.find(name);
            if (old.isPresent() && !old.get().isRegularFile()) {
                throw notRegular(file, old);
            }
            Path temporary = name.resolveSibling(".yardmaster-"
                    + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".tmp");
            try {
                replace(folder, temporary, name, content, old.isPresent());
            } catch (IOException | RuntimeException e) {
                if (folder.find(temporary).isPresent()) {
                    folder.delete(temporary);
                }
                throw e;
            }
        }
    }

    boolean remove(ResolvedPath path) throws IOException {
        Path target = path.target();
        Path name = target.getFileName();
        try (PinnedFolder folder = PinnedFolder.open(anchor(target), target.getParent())) {
            Optional<BasicFileAttributes> found = folder.find(name);
            if (found.isPresent()) {
                folder.remove(name, found.get().isDirectory());
            }
            return found.isPresent();
        } catch (NoSuchFileException | NotDirectoryException | DirectoryNotEmptyException e) {
            return false;
        }
    }

    void makeFolder(ResolvedPath folder) throws IOException {
        made(folder, unchanged(folder)).close();
    }

    void setMode(ResolvedPath path, String mode) throws IOException {
        Path target = unchanged(path);
        try (PinnedFolder folder = PinnedFolder.open(anchor(target), target.getParent())) {
            folder.setPermissions(target.getFileName(), PosixFilePermissions.fromString(mode));
        }
    }

    private static void replace(PinnedFolder folder, Path temporary, Path name, byte[] content, boolean exists)
            throws IOException {
        try (SeekableByteChannel channel = folder.creating(temporary)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            if (channel instanceof FileChannel disk) {
                disk.force(true);
            }
        }
        Optional<Set<PosixFilePermission>> mode = exists ? folder.permissions(name) : Optional.empty();
        if (mode.isPresent()) {
            folder.setPermissions(temporary, mode.get());
        }
        folder.rename(temporary, name);
    }

    /** The folder of a file, made where it is missing. */
    private PinnedFolder made(ResolvedPath file, Path folder) throws IOException {
        try {
            return PinnedFolder.making(anchor(folder.resolve("any")), folder);
        } catch (NotDirectoryException e) {
            throw new UnusablePathException("'" + workspace.shown(file.written()) + "' cannot be created: '"
                    + workspace.shown(Path.of(e.getFile())) + "' is not a folder");
        }
    }

    /**
     * Where a walk to a target begins: the workspace's folder for what is inside; outside, the nearest folder that there
     * is, which was decided about.
     */
    private Path anchor(Path target) {
        Optional<Path> inside = workspace.folder(target).filter(each -> !target.equals(each));
        Path nearest = target.getParent();
        while (inside.isEmpty() && !Files.isDirectory(nearest, LinkOption.NOFOLLOW_LINKS)) {
            nearest = nearest.getParent() == null ? nearest.getRoot() : nearest.getParent();
        }
        return inside.orElse(nearest);
    }

    private Path unchanged(ResolvedPath file) {
        Path now = PathWalk.target(file.written());
        if (!now.equals(file.target())) {
            throw new UnusablePathException(
                    "'" + workspace.shown(file.written()) + "' leads elsewhere than a moment ago; nothing was done");
        }
        return now;
    }
}
