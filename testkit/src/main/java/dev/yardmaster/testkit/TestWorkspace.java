package dev.yardmaster.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for tools to work in. {@link #temporary} makes one that is removed when it is closed; {@link #in} uses a
 * folder that somebody else looks after, such as JUnit's {@code @TempDir}.
 */
public final class TestWorkspace implements AutoCloseable {

    private final Path root;
    private final boolean ours;

    private TestWorkspace(Path root, boolean ours) {
        this.root = root;
        this.ours = ours;
    }

    /** A new, empty folder; removed when this is closed. */
    public static TestWorkspace temporary() {
        try {
            return new TestWorkspace(
                    Files.createTempDirectory("yardmaster-test-").toRealPath(), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder that exists; stays when this is closed. */
    public static TestWorkspace in(Path folder) {
        try {
            return new TestWorkspace(folder.toRealPath(), false);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of a test's workspace has to exist", e);
        }
    }

    /** Writes a file, with the folders above it. @throws IllegalArgumentException when the path leads out of it */
    public TestWorkspace file(String path, String content) {
        Path file = inside(path);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is in a file now. @throws UncheckedIOException when it cannot be read */
    public String text(String path) {
        try {
            return Files.readString(inside(path));
        } catch (IOException e) {
            throw new UncheckedIOException("the workspace holds " + files(), e);
        }
    }

    private Path inside(String path) {
        Path file = root.resolve(path).normalize();
        if (!file.startsWith(root) || file.equals(root)) {
            throw new IllegalArgumentException("'" + path + "' is no file in the workspace; give a path inside of it");
        }
        return file;
    }

    /** All files and links, by path from here, sorted. */
    public List<String> files() {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder: what {@code AgentRuntime.builder().workspace(…)} is given. */
    public Path root() {
        return root;
    }

    @Override
    public void close() {
        if (!ours) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
