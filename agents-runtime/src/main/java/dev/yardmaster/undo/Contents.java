package dev.yardmaster.undo;

import dev.yardmaster.workspace.ResolvedPath;
import dev.yardmaster.workspace.UnusablePathException;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Looks at what is under a path, links not followed. */
final class Contents {

    /** A larger file is not kept. */
    static final long MOST_BYTES = 20L * 1024 * 1024;

    private Contents() {}

    /**
     * @param keep is given the hash and the content of a file
     * @return empty when there is nothing
     */
    static Optional<PathState> look(Path path, Workspace workspace, BiConsumer<String, byte[]> keep)
            throws IOException {
        BasicFileAttributes found;
        try {
            found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException | java.nio.file.NotDirectoryException e) {
            return Optional.empty();
        }
        if (found.isSymbolicLink()) {
            String target = Files.readSymbolicLink(path).toString();
            return Optional.of(new PathState(PathState.OTHER, sha256(target.getBytes(StandardCharsets.UTF_8)), ""));
        }
        if (found.isDirectory()) {
            return Optional.of(new PathState(PathState.FOLDER, "", mode(path)));
        }
        if (!found.isRegularFile()) {
            return Optional.of(new PathState(PathState.OTHER, "", ""));
        }
        return Optional.of(new PathState(PathState.FILE, content(path, found, workspace, keep), mode(path)));
    }

    private static String content(
            Path path, BasicFileAttributes found, Workspace workspace, BiConsumer<String, byte[]> keep)
            throws IOException {
        if (found.size() > MOST_BYTES || !Files.isReadable(path)) {
            return "";
        }
        try {
            byte[] bytes = workspace.read(new ResolvedPath(path, path), MOST_BYTES);
            String hash = sha256(bytes);
            keep.accept(hash, bytes);
            return hash;
        } catch (UnusablePathException e) {
            return ""; // it grew, or was exchanged, since it was looked at
        }
    }

    private static String mode(Path path) throws IOException {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        } catch (UnsupportedOperationException e) {
            return "";
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
