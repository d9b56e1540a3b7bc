package dev.yardmaster.workspace;

import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.event.YardmasterException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The folder that tools may touch. Paths are resolved for real, links followed, before anybody decides about them, and
 * resolved once more when the file is opened: a path that leads elsewhere by then is refused, and what lies inside is
 * opened name by name from the root without following links, so that no race leads out.
 */
public final class Workspace {

    /** A file system's clock may be behind by as much. */
    private static final Duration TICK = Duration.ofMillis(10);

    /** Of Linux and macOS, in bytes. */
    static final int MAX_NAME = 255;

    /** Of Linux, in bytes, with the zero behind it. */
    static final int MAX_PATH = 4_096;

    private final Path root;
    private final List<Path> folders;
    private final Optional<Copy> copied;
    private final Instant opened = Instant.now().minus(TICK);
    private final PinnedFiles files = new PinnedFiles(this);

    /** What it stands for. @param top of the copy @param origin where that was copied from */
    private record Copy(Workspace of, Path top, Path origin) {}

    private Workspace(Path root, List<Path> folders, Optional<Copy> copied) {
        this.root = root;
        this.folders = List.copyOf(folders);
        this.copied = copied;
    }

    /**
     * A workspace on an existing folder.
     *
     * @param further other folders that count as inside
     * @throws YardmasterException when one does not exist, is no folder or cannot be read
     */
    public static Workspace of(Path folder, Path... further) {
        var all = new ArrayList<Path>();
        all.add(real(folder, "workspace"));
        for (Path each : further) {
            all.add(real(each, "further folder of the workspace,"));
        }
        return new Workspace(all.getFirst(), all, Optional.empty());
    }

    /**
     * One in a copy of some folder of this one: what is below {@code top} stands for what is below {@code origin}, and rules
     * about paths there hold here, too. It need not be there yet. @param inCopy its folders, real paths
     */
    public Workspace copied(List<Path> inCopy, Path top, Path origin) {
        return new Workspace(inCopy.getFirst(), inCopy, Optional.of(new Copy(this, top, origin)));
    }

    /** @throws YardmasterException when it is a copy that is not there any more */
    public void checkThere() {
        if (isCopy() && !Files.isDirectory(root)) {
            throw new YardmasterException("the worktree '" + root + "' is gone; fork the run before it, or begin anew");
        }
    }

    /** Whether it is a copy of another. */
    public boolean isCopy() {
        return copied.isPresent();
    }

    /** The root of what it is, in the end, a copy of; its own when it is none. */
    public Path home() {
        return copied.map(copy -> copy.of().home()).orElse(root);
    }

    /** The paths that a path in a copy stands for, itself included. */
    public List<Path> meant(Path path) {
        var all = new ArrayList<Path>();
        all.add(path);
        copied.filter(copy -> path.startsWith(copy.top()))
                .ifPresent(copy -> all.addAll(
                        copy.of().meant(copy.origin().resolve(copy.top().relativize(path)))));
        return all;
    }

    private static Path real(Path folder, String what) {
        if (!Files.isDirectory(folder)) {
            throw new YardmasterException("the " + what + " '" + folder + "' "
                    + (Files.exists(folder) ? "is not a folder" : "does not exist") + "; name an existing folder");
        }
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            throw new YardmasterException(
                    "the " + what + " '" + folder + "' cannot be read; check its permissions or name another folder");
        }
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw new YardmasterException(
                    "the " + what + " '" + folder + "' cannot be opened: " + FileTrouble.of(e), e);
        }
    }

    /** The real path of the folder. */
    public Path root() {
        return root;
    }

    /** The real paths of all its folders, the root first. */
    public List<Path> folders() {
        return folders;
    }

    /** Whether a target lies in one of its folders, by whole components. */
    public boolean contains(Path target) {
        return folder(target).isPresent();
    }

    /** The folder of this workspace that a target lies in. */
    public Optional<Path> folder(Path target) {
        return folders.stream().filter(target::startsWith).findFirst();
    }

    /**
     * Where a path leads: absolute, relative to the root, or beginning with {@code ~}.
     *
     * @throws UnusablePathException when it is empty, holds characters that cannot be seen or named, or goes round in
     *     links
     */
    public ResolvedPath resolve(String path) {
        if (path.isBlank()) {
            throw new UnusablePathException("the path is empty");
        }
        if (path.codePoints().anyMatch(Workspace::isInvisible)) {
            throw new UnusablePathException("the path holds control or invisible characters; use a plain path");
        }
        String expanded =
                path.equals("~") || path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
        Path absolute;
        try {
            absolute = root.resolve(expanded);
        } catch (InvalidPathException e) {
            throw new UnusablePathException("the path cannot be a file's name here: " + e.getReason());
        }
        if (isTooLong(absolute)) {
            throw new UnusablePathException("the path is longer than file systems take: a name has at most " + MAX_NAME
                    + " bytes, a path " + MAX_PATH);
        }
        Path target = PathWalk.target(absolute);
        boolean climbs = false;
        for (Path name : absolute) {
            climbs |= name.toString().equals("..");
        }
        return new ResolvedPath(climbs ? target : absolute.normalize(), target);
    }

    private static boolean isTooLong(Path path) {
        if (path.toString().length() < MAX_NAME / 4) {
            return false;
        }
        for (Path name : path) {
            if (name.toString().getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
                return true;
            }
        }
        return path.toString().getBytes(StandardCharsets.UTF_8).length >= MAX_PATH;
    }

    /** Control characters, and what turns text around or is not there to the eye: names that deceive whoever approves. */
    private static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /**
     * Whether a file has another name, which may lie anywhere: what is inside by its path may be somebody else's by its
     * content. False for folders, for what does not exist, and where the file system does not tell.
     */
    public boolean isShared(Path target) {
        try {
            return Files.getAttribute(target, "unix:nlink", LinkOption.NOFOLLOW_LINKS) instanceof Integer links
                    && links > 1
                    && Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether a file was written since this was opened; false for what is not there. */
    public boolean changedSinceOpened(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isAfter(opened);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The path of a file as people and models see it: relative to the root where it lies inside. What cannot be seen in a
     * name, or looks like another line, is written in its number: {@code a\u000ab}.
     */
    public String shown(Path path) {
        return visible(
                path.startsWith(root) && !path.equals(root)
                        ? root.relativize(path).toString()
                        : path.toString());
    }

    /** A name of a file as people and models see it; see {@link #shown}. */
    public static String visible(String name) {
        if (name.codePoints().noneMatch(Workspace::isInvisible)) {
            return name;
        }
        var text = new StringBuilder();
        name.codePoints()
                .forEach(c -> text.append(
                        isInvisible(c) ? "\\u" + HexFormat.of().toHexDigits((char) c) : Character.toString(c)));
        return text.toString();
    }

    /**
     * The bytes of a file.
     *
     * @param limit the most to read; a larger file is refused
     * @throws UnusablePathException when it is no regular file, larger than the limit, or not where it was
     */
    public byte[] read(ResolvedPath file, long limit) throws IOException {
        return files.read(file, limit);
    }

    /**
     * A file, open for reading.
     *
     * @throws UnusablePathException when it is no regular file or not where it was
     */
    public SeekableByteChannel open(ResolvedPath file) throws IOException {
        return files.open(file);
    }

    /**
     * A folder, held open, to look through.
     *
     * @throws UnusablePathException when it is no folder or not where it was
     */
    public PinnedFolder openFolder(ResolvedPath folder) throws IOException {
        return files.openFolder(folder);
    }

    /**
     * Creates or replaces a file in one move, on the disk when this returns; folders on the way are created, the mode of
     * an existing file is kept.
     *
     * @throws UnusablePathException when there is something other than a regular file, or the path leads elsewhere now
     */
    public void write(ResolvedPath file, byte[] content) throws IOException {
        files.write(file, content);
    }

    /**
     * Removes a file, a link or an empty folder.
     *
     * @return false when there is nothing, or a folder that is not empty
     */
    public boolean remove(ResolvedPath path) throws IOException {
        return files.remove(path);
    }

    /** Makes a folder, and those on the way to it, where they are missing. */
    public void makeFolder(ResolvedPath folder) throws IOException {
        files.makeFolder(folder);
    }

    /** Gives a file or folder a mode, such as {@code rw-r--r--}; nothing where the file system has none. */
    public void setMode(ResolvedPath path, String mode) throws IOException {
        files.setMode(path, mode);
    }
}
