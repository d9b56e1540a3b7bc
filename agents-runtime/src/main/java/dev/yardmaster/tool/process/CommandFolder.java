package dev.yardmaster.tool.process;

import dev.yardmaster.workspace.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one command leaves on the disk: what it prints, and how it ended. A process of ours that the command cannot reach
 * writes it, and outlives this one for as long as that takes; see {@code supervisor.sh}.
 */
public record CommandFolder(Path path) {

    /** What is kept of the output; of what comes after that, the end. */
    public static final long MAX_BYTES = 64L * 1024 * 1024;

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Pattern ENDED = Pattern.compile("(\\d+) (\\S+) end\\s*");
    private static final int KILLED = 128 + 9;

    /** Makes it anew, for this user alone: whatever was left in it by another command is gone. */
    public CommandFolder fresh() throws IOException {
        FolderTree.delete(path);
        Files.createDirectories(path.getParent());
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            var own = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectory(path, own);
        } else {
            Files.createDirectory(path);
        }
        return this;
    }

    /** The first 64 MiB that were printed, as they come. */
    public Path output() {
        return path.resolve("output");
    }

    /** The end of what was printed after those; there only where something was. */
    public Path rest() {
        return path.resolve("rest");
    }

    /** Whether the command was begun; if not, what was printed says why. */
    boolean wasStarted() throws IOException {
        return Files.exists(path.resolve("started")) && Files.size(path.resolve("started")) > 0;
    }

    /** What was printed until now. */
    public BoundedOutput printed() throws IOException {
        return BoundedOutput.of(output(), rest());
    }

    /**
     * The exit code of a command that ended by itself since this machine was started, and of which all is here. What a
     * command did before the machine went down may be lost with it, so that its exit code says nothing.
     */
    public OptionalInt ended() throws IOException {
        Optional<String> text = text(path.resolve("ended"));
        Matcher line = ENDED.matcher(text.orElse(""));
        if (!line.matches()
                || !wasStarted()
                || !line.group(2).equals(text(BOOT).map(String::strip).orElse("unknown"))) {
            return OptionalInt.empty();
        }
        int code = Integer.parseInt(line.group(1));
        boolean stopped = code == KILLED && Files.exists(path.resolve("stopped"));
        return stopped ? OptionalInt.empty() : OptionalInt.of(code);
    }

    /** The limit that it came to, whatever became of it then. @param code how it ended */
    public Optional<LimitReached> limit(int code) throws IOException {
        return text(limited()).flatMap(LimitReached::find).or(() -> LimitReached.byExitCode(code));
    }

    Path limited() {
        return path.resolve("limited");
    }

    private static Optional<String> text(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
