package dev.yardmaster.definition;

import dev.yardmaster.event.FileTrouble;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the agent files of one folder and the folders in it, by path. Links are not followed: what they lead to is
 * either in the tree and read there, or not part of it.
 */
final class AgentFolder {

    private static final int DEEPEST = 20;
    private static final Set<String> NEVER_READ = Set.of(".git", ".hg", ".svn", "node_modules");

    /** What a build makes in its module's folder, beside the file that says so: copies of what is read anyway. */
    private static final Map<String, String> BUILT = Map.of("target", "pom.xml", "build", "build.gradle");

    private final Path root;
    private final boolean skipHidden;
    private final AgentReader reader;
    private final TreeMap<String, Reading> readings = new TreeMap<>();

    private AgentFolder(Path root, boolean skipHidden, AgentReader reader) {
        this.root = root;
        this.skipHidden = skipHidden;
        this.reader = reader;
    }

    /**
     * A folder, or a single file, that somebody named; hidden folders in it are read, too.
     *
     * @throws AgentFolderException if it is missing, unreadable, or neither folder nor markdown file
     */
    static List<Reading> named(Path folder, AgentReader reader) {
        AgentFolder named = new AgentFolder(folder, false, reader);
        if (Files.isRegularFile(folder)) {
            if (!isMarkdown(folder)) {
                throw new AgentFolderException(folder, "not a markdown file", "name a folder or a file ending in .md");
            }
            named.read(folder);
            return List.copyOf(named.readings.values());
        }
        if (!Files.isDirectory(folder)) {
            throw Files.exists(folder)
                    ? new AgentFolderException(folder, "neither folder nor file", "name a folder with .md files")
                    : new AgentFolderException(folder, "there is no such folder", "create it, or correct the path");
        }
        return named.walk();
    }

    /** A folder where agents may be: nothing when there is none. Hidden folders in it are left out. */
    static List<Reading> wherePresent(Path folder, AgentReader reader) {
        return Files.isDirectory(folder) ? new AgentFolder(folder, true, reader).walk() : List.of();
    }

    private List<Reading> walk() {
        try {
            // A link as the root itself is followed: somebody put it there, or named it.
            Files.walkFileTree(root.toRealPath(), Set.of(), DEEPEST, new Visitor(root.toRealPath()));
        } catch (IOException e) {
            throw new AgentFolderException(root, e);
        }
        return List.copyOf(readings.values());
    }

    private void read(Path file) {
        String name = shown(file);
        try (InputStream in = Files.newInputStream(file)) {
            readings.put(name, reader.read(name, in.readNBytes(AgentReader.MOST_BYTES + 1)));
        } catch (IOException e) {
            Findings findings = new Findings(name);
            unreadable(findings, e);
            readings.put(name, new Reading.Refused(name, findings.inOrder()));
        }
    }

    private static void unreadable(Findings findings, IOException e) {
        findings.error(
                FilePosition.START,
                "file-unreadable",
                "cannot be read (" + FileTrouble.of(e) + ")",
                "check its permissions, or take it out of the folder");
    }

    private static String shown(Path path) {
        return path.toString().replace('\\', '/');
    }

    private static boolean isMarkdown(Path file) {
        return file.getFileName().toString().endsWith(".md");
    }

    private final class Visitor extends SimpleFileVisitor<Path> {

        private final Path top;

        Visitor(Path top) {
            this.top = top;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (folder.equals(top)) {
                return FileVisitResult.CONTINUE;
            }
            String name = folder.getFileName().toString();
            return NEVER_READ.contains(name) || isBuilt(folder, name) || skipHidden && name.startsWith(".")
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        private static boolean isBuilt(Path folder, String name) {
            String says = BUILT.get(name);
            return says != null
                    && (Files.exists(folder.resolveSibling(says))
                            || Files.exists(folder.resolveSibling(says + ".kts")));
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            Path named = asNamed(file);
            if (attributes.isSymbolicLink()) {
                reportLink(file, named);
            } else if (attributes.isRegularFile() && isMarkdown(file)) {
                read(named);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
            if (file.equals(top)) {
                throw problem;
            }
            String name = shown(asNamed(file));
            Findings findings = new Findings(name);
            unreadable(findings, problem);
            readings.put(name, new Reading.Refused(name, findings.inOrder()));
            return FileVisitResult.CONTINUE;
        }

        /** Only links that lead out of the tree and to something that would have been read are worth a word. */
        private void reportLink(Path link, Path named) {
            if (!Files.isDirectory(link) && !isMarkdown(link)) {
                return;
            }
            boolean inside = false;
            try {
                inside = link.toRealPath().startsWith(top);
            } catch (IOException e) {
                // a link that leads nowhere leads out of the tree as well
            }
            if (!inside) {
                String name = shown(named);
                Findings findings = new Findings(name);
                findings.hint(
                        FilePosition.START,
                        "link-skipped",
                        "a link that leads out of the folder; it is not followed",
                        "copy the file here, or name the other folder with --agents");
                readings.put(name, new Reading.NotAnAgent(name, findings.inOrder()));
            }
        }

        private Path asNamed(Path file) {
            return root.resolve(top.relativize(file).toString());
        }
    }

    /** The folders where a project keeps agents, nearest first, from a folder up to the root of its repository. */
    static List<Path> ofProject(Path workingFolder) {
        List<Path> upwards = new ArrayList<>();
        Path from = workingFolder.toAbsolutePath().normalize();
        for (Path folder = from; folder != null; folder = folder.getParent()) {
            upwards.add(folder);
            if (Files.exists(folder.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
                return upwards.stream().flatMap(each -> in(each).stream()).toList();
            }
        }
        return in(from);
    }

    /** The two folders for agents in a project's folder, or in somebody's home. */
    static List<Path> in(Path folder) {
        return List.of(
                folder.resolve(".yardmaster").resolve("agents"),
                folder.resolve(".claude").resolve("agents"));
    }
}
