package dev.yardmaster.journal.jdbc.kill;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The processes that are there to be killed. They start in a third of the time because they share an archive of loaded
 * classes, which needs everything on the class path to be in jars; and those that were not killed are used again.
 */
final class Children implements AutoCloseable {

    private final Path folder;
    private final List<String> command;
    private final Deque<Child> idle = new ArrayDeque<>();
    private int started;

    private Children(Path folder, List<String> command) {
        this.folder = folder;
        this.command = command;
    }

    /** @param folder for what they need, and what they say of errors */
    static Children in(Path folder) throws IOException {
        Files.createDirectories(folder);
        var jars = new ArrayList<String>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            jars.add(
                    Files.isDirectory(path)
                            ? packed(path.toRealPath(), folder.resolve("classes-" + jars.size() + ".jar"))
                            : entry);
        }
        return new Children(
                folder,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-XX:+AutoCreateSharedArchive",
                        "-XX:SharedArchiveFile=" + folder.resolve("classes.jsa"),
                        "-Xlog:disable",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        String.join(File.pathSeparator, jars),
                        KillChild.class.getName()));
    }

    private static String packed(Path classes, Path jar) throws IOException {
        try (Stream<Path> files = Files.walk(classes);
                var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.setLevel(0);
            for (Path file :
                    files.filter(each -> !each.equals(classes)).sorted().toList()) {
                boolean isFolder = Files.isDirectory(file); // what looks for resources by folder needs these, too
                String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
                out.putNextEntry(new ZipEntry(isFolder ? name + "/" : name));
                if (!isFolder) {
                    Files.copy(file, out);
                }
                out.closeEntry();
            }
        }
        return jar.toString();
    }

    /** One that waits for a job. */
    Child take() throws IOException {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
            started++;
        }
        return new Child(command, folder.resolve("errors"));
    }

    void giveBack(Child child) {
        synchronized (idle) {
            idle.push(child);
        }
    }

    int started() {
        synchronized (idle) {
            return started;
        }
    }

    /** Ends those that have nothing to do. */
    @Override
    public void close() throws IOException {
        while (!idle.isEmpty()) {
            idle.pop().close();
        }
    }
}
