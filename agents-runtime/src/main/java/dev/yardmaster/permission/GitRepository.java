package dev.yardmaster.permission;

import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The repository that git would work in, and whether its configuration may have git run other programs: with a diff
 * command, a file system monitor, an alias or a filter in it no git command is plain. (git-config's documentation; what
 * is listed here is harmless, whatever else there is may not be.)
 */
final class GitRepository {

    private static final Set<String> HARMLESS = Set.of(
            "repositoryformatversion",
            "filemode",
            "bare",
            "logallrefupdates",
            "ignorecase",
            "precomposeunicode",
            "symlinks",
            "url",
            "pushurl",
            "fetch",
            "remote",
            "merge",
            "name",
            "email",
            "rebase",
            "active",
            "autocrlf",
            "eol",
            "safecrlf",
            "quotepath",
            "abbrev",
            "tagopt",
            "prune",
            "ff",
            "defaultbranch",
            "autosetuprebase",
            "default",
            "autosetupremote",
            "pushdefault",
            "objectformat",
            "vscode-merge-base",
            "gk-merge-base",
            "description",
            "githubpr");

    private static final Pattern SECTION = Pattern.compile("\\s*\\[\\s*([A-Za-z0-9.-]+)(?:\\s+\".*\")?\\s*]\\s*(.*)");
    private static final Set<String> SECTIONS = Set.of(
            "core", "remote", "branch", "user", "pull", "push", "init", "submodule", "extensions", "rebase", "fetch");

    private final Path folder;

    private GitRepository(Path folder) {
        this.folder = folder;
    }

    /** The repository for a working folder; empty when there is none. */
    static Optional<GitRepository> find(Path workingFolder) {
        for (Path at = workingFolder; at != null; at = at.getParent()) {
            Path git = at.resolve(".git");
            if (Files.exists(git)) {
                return Optional.of(new GitRepository(Files.isDirectory(git) ? git : linked(git)));
            }
            if (Files.exists(at.resolve("HEAD")) && Files.exists(at.resolve("objects"))) {
                return Optional.of(new GitRepository(at)); // a bare one
            }
        }
        return Optional.empty();
    }

    /** A worktree's {@code .git} is a file that names a folder, which names the folder it shares. */
    private static Path linked(Path file) {
        try {
            Path own = file.resolveSibling(Files.readString(file).strip().replaceFirst("^gitdir:\\s*", ""));
            Path common = own.resolve("commondir");
            return Files.exists(common) ? own.resolve(Files.readString(common).strip()) : own;
        } catch (IOException | java.nio.file.InvalidPathException e) {
            return file;
        }
    }

    /** Whether git runs nothing but itself here, as far as its configuration goes. */
    boolean isPlain() {
        Path config = folder.resolve("config");
        if (Files.exists(folder.resolve("config.worktree"))) {
            return false;
        }
        if (!Files.exists(config)) {
            return Files.isDirectory(folder);
        }
        try {
            return isPlain(Files.readAllLines(config));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isPlain(List<String> lines) {
        for (String line : lines) {
            Matcher section = SECTION.matcher(line);
            String rest = line;
            if (section.matches()) {
                if (!SECTIONS.contains(section.group(1).toLowerCase(Locale.ROOT))) {
                    return false;
                }
                rest = section.group(2);
            }
            String entry = rest.strip();
            if (entry.isEmpty() || entry.startsWith("#") || entry.startsWith(";")) {
                continue;
            }
            String key = entry.split("[=\\s]", 2)[0].toLowerCase(Locale.ROOT);
            if (!HARMLESS.contains(key) || entry.contains("::") || entry.endsWith("\\")) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is a hook that somebody put there since the work began. */
    boolean hasFreshHook(Workspace workspace) {
        try (var hooks = Files.newDirectoryStream(folder.resolve("hooks"))) {
            for (Path hook : hooks) {
                if (!hook.toString().endsWith(".sample")
                        && Files.isExecutable(hook)
                        && workspace.changedSinceOpened(hook)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false; // no hooks
        }
    }
}
