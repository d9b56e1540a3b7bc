package dev.yardmaster.workspace;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/**
 * A folder held open, reached from an outer one name by name without following a link: whatever is moved or linked
 * meanwhile, what is opened here lies in this very folder. Where the platform cannot hold folders open (no {@code
 * openat}), paths are used, and links refused at the last name only.
 */
final class PinnedFolder implements AutoCloseable {

    private final Path path;
    private final DirectoryStream<Path> stream;
    private final Optional<SecureDirectoryStream<Path>> secure;

    private PinnedFolder(Path path, DirectoryStream<Path> stream) {
        this.path = path;
        this.stream = stream;
        this.secure = secure(stream);
    }

    private static Optional<SecureDirectoryStream<Path>> secure(DirectoryStream<Path> stream) {
        return stream instanceof SecureDirectoryStream<Path> able ? Optional.of(able) : Optional.empty();
    }

    /**
     * Opens a folder.
     *
     * @param outer where the walk begins; trusted
     * @param folder {@code outer} itself or below it
     * @throws IOException when a name on the way is missing, no folder, or a link
     */
    static PinnedFolder open(Path outer, Path folder) throws IOException {
        DirectoryStream<Path> at = Files.newDirectoryStream(outer);
        if (secure(at).isEmpty()) {
            at.close();
            return new PinnedFolder(folder, Files.newDirectoryStream(folder));
        }
        for (Path name : outer.relativize(folder)) {
            if (name.toString().isEmpty()) {
                continue;
            }
            try (DirectoryStream<Path> left = at) {
                at = secure(left).orElseThrow().newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
            }
        }
        return new PinnedFolder(folder, at);
    }

    /** What is there under this name, a link not followed. */
    Optional<BasicFileAttributes> find(Path name) throws IOException {
        try {
            return Optional.of(
                    secure.isPresent()
                            ? secure.get()
                                    .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                                    .readAttributes()
                            : Files.readAttributes(
                                    path.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (java.nio.file.NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Opens a file for reading; a link is refused. */
    SeekableByteChannel reading(Path name) throws IOException {
        return open(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    /** Creates a file; fails when there is something under that name. */
    SeekableByteChannel creating(Path name) throws IOException {
        return open(name, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    private SeekableByteChannel open(Path name, Set<OpenOption> options) throws IOException {
        return secure.isPresent()
                ? secure.get().newByteChannel(name, options)
                : Files.newByteChannel(path.resolve(name), options);
    }

    /** The permissions of a file, where the file system has such. */
    Optional<Set<PosixFilePermission>> permissions(Path name) throws IOException {
        Optional<PosixFileAttributeView> view = posix(name);
        return view.isEmpty()
                ? Optional.empty()
                : Optional.of(view.get().readAttributes().permissions());
    }

    void setPermissions(Path name, Set<PosixFilePermission> permissions) throws IOException {
        Optional<PosixFileAttributeView> view = posix(name);
        if (view.isPresent()) {
            view.get().setPermissions(permissions);
        }
    }

    private Optional<PosixFileAttributeView> posix(Path name) {
        return Optional.ofNullable(
                secure.isPresent()
                        ? secure.get().getFileAttributeView(name, PosixFileAttributeView.class)
                        : Files.getFileAttributeView(path.resolve(name), PosixFileAttributeView.class));
    }

    /** Gives a file of this folder another name, in the place of what has it now. */
    void rename(Path from, Path to) throws IOException {
        if (secure.isPresent()) {
            secure.get().move(from, secure.get(), to);
        } else {
            Files.move(
                    path.resolve(from),
                    path.resolve(to),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    void delete(Path name) throws IOException {
        if (secure.isPresent()) {
            secure.get().deleteFile(name);
        } else {
            Files.delete(path.resolve(name));
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
