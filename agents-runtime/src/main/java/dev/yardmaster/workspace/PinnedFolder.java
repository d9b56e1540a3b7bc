package dev.yardmaster.workspace;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A folder held open, reached from an outer one name by name without following a link: whatever is moved or linked
 * meanwhile, what is opened here lies in this very folder. Where the platform cannot hold folders open (no {@code
 * openat}), paths are used, and links refused at the last name only. Several threads may use it.
 */
public final class PinnedFolder implements AutoCloseable {

    /** What lies in a folder. @param name its own name @param attributes not those of what a link leads to */
    public record Entry(Path name, BasicFileAttributes attributes) {}

    /** Whether to go on with what may take long. */
    public interface Going {
        boolean goesOn() throws InterruptedException;
    }

    private static final int ASKED_EVERY = 256;

    private static final ReentrantLock MAKING = new ReentrantLock();

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
        return open(outer, folder, false);
    }

    /**
     * Opens a folder, and makes the folders on the way that are missing.
     *
     * @param outer where the walk begins; exists, trusted
     * @throws NotDirectoryException when a name on the way is a file or a link
     */
    static PinnedFolder making(Path outer, Path folder) throws IOException {
        return open(outer, folder, true);
    }

    private static PinnedFolder open(Path outer, Path folder, boolean making) throws IOException {
        DirectoryStream<Path> at = Files.newDirectoryStream(outer);
        if (secure(at).isEmpty()) {
            at.close();
            if (making) {
                Files.createDirectories(folder);
            }
            return new PinnedFolder(folder, Files.newDirectoryStream(folder));
        }
        Path path = outer;
        for (Path name : outer.relativize(folder)) {
            if (name.toString().isEmpty()) {
                continue;
            }
            path = path.resolve(name);
            try (DirectoryStream<Path> left = at) {
                SecureDirectoryStream<Path> parent = secure(left).orElseThrow();
                at = making ? entered(outer, parent, name, path) : enter(parent, name);
            }
        }
        return new PinnedFolder(folder, at);
    }

    private static SecureDirectoryStream<Path> enter(SecureDirectoryStream<Path> parent, Path name) throws IOException {
        return parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    }

    /** Enters a folder, which is made where there is nothing. One at a time: what another thread has made is not replaced. */
    private static SecureDirectoryStream<Path> entered(
            Path outer, SecureDirectoryStream<Path> parent, Path name, Path path) throws IOException {
        MAKING.lock();
        try {
            return enter(parent, name);
        } catch (NoSuchFileException e) {
            make(outer, parent, name, path);
            return enter(parent, name);
        } catch (FileSystemException e) {
            BasicFileAttributes found = attributes(parent, name).readAttributes();
            throw found.isDirectory() ? e : new NotDirectoryException(path.toString());
        } finally {
            MAKING.unlock();
        }
    }

    /**
     * Makes a folder in one that is held open. Java has no {@code mkdirat}, so it is made in the outer folder, which is
     * trusted, under a name that was not there, and moved into its place. What somebody puts there meanwhile is refused
     * when it is entered. Only where another file system begins on the way is it made by its path.
     */
    private static void make(Path outer, SecureDirectoryStream<Path> parent, Path name, Path path) throws IOException {
        Path made = Files.createDirectory(outer.resolve(
                ".yardmaster-" + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".tmp"));
        try (DirectoryStream<Path> base = Files.newDirectoryStream(outer)) {
            secure(base).orElseThrow().move(made.getFileName(), parent, name);
        } catch (AtomicMoveNotSupportedException e) {
            Files.delete(made);
            Files.createDirectory(path);
        } catch (IOException e) {
            Files.deleteIfExists(made);
            throw e;
        }
    }

    /**
     * What is in it, by the bytes of the names. It can be asked once. What vanishes meanwhile or cannot be looked at is left
     * out, and so is what could not be named by its whole path, for nobody could decide about it.
     *
     * @param going is asked every now and then; once it says no, what was found so far is what there is
     */
    public List<Entry> entries(Going going) throws InterruptedException {
        var names = new ArrayList<Path>();
        try {
            for (Path each : stream) {
                names.add(each.getFileName());
                if (names.size() % ASKED_EVERY == 0 && !going.goesOn()) {
                    break;
                }
            }
        } catch (DirectoryIteratorException e) {
            // as many as could be read
        }
        names.sort(null);
        int room = Workspace.MAX_PATH - path.toString().getBytes(StandardCharsets.UTF_8).length - 1;
        var entries = new ArrayList<Entry>(names.size());
        int seen = 0;
        for (Path name : names) {
            if (++seen % ASKED_EVERY == 0 && !going.goesOn()) {
                break;
            }
            try {
                Optional<BasicFileAttributes> found = find(name);
                if (found.isPresent() && fits(name, room)) {
                    entries.add(new Entry(name, found.get()));
                }
            } catch (IOException e) {
                continue;
            }
        }
        return entries;
    }

    private static boolean fits(Path name, int room) {
        return room > Workspace.MAX_NAME || name.toString().getBytes(StandardCharsets.UTF_8).length < room;
    }

    /**
     * A folder in it.
     *
     * @throws NoSuchFileException when there is nothing under that name
     * @throws NotDirectoryException when there is something else, or a link
     */
    public PinnedFolder enter(Path name) throws IOException {
        if (secure.isPresent()) {
            try {
                return new PinnedFolder(path.resolve(name), enter(secure.get(), name));
            } catch (FileSystemException e) {
                boolean isOther =
                        find(name).filter(found -> !found.isDirectory()).isPresent();
                throw isOther ? new NotDirectoryException(path.resolve(name).toString()) : e;
            }
        }
        if (find(name).filter(BasicFileAttributes::isDirectory).isEmpty()) {
            throw new NotDirectoryException(path.resolve(name).toString());
        }
        return new PinnedFolder(path.resolve(name), Files.newDirectoryStream(path.resolve(name)));
    }

    /**
     * A regular file in it, open for reading; a link is not followed.
     *
     * @throws NoSuchFileException when there is no regular file under that name
     */
    public SeekableByteChannel open(Path name) throws IOException {
        if (find(name).filter(BasicFileAttributes::isRegularFile).isEmpty()) {
            throw new NoSuchFileException(path.resolve(name).toString()); // a pipe would be waited for
        }
        return reading(name);
    }

    private static BasicFileAttributeView attributes(SecureDirectoryStream<Path> folder, Path name) {
        return folder.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** What is there under this name, a link not followed. */
    Optional<BasicFileAttributes> find(Path name) throws IOException {
        try {
            return Optional.of(
                    secure.isPresent()
                            ? attributes(secure.get(), name).readAttributes()
                            : Files.readAttributes(
                                    path.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
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

    /** @throws DirectoryNotEmptyException when it is a folder that is not empty */
    void remove(Path name, boolean isFolder) throws IOException {
        if (isFolder && secure.isPresent()) {
            secure.get().deleteDirectory(name);
        } else {
            delete(name);
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
