package dev.yardmaster.permission;

import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
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
            "vscode-merge-base",
            "gk-merge-base",
            "description",
            "githubpr");

    private static final Pattern SECTION = Pattern.compile("\\s*\\[\\s*([A-Za-z0-9.-]+)(?:\\s+\".*\")?\\s*]\\s*(.*)");
    private static final Set<String> SECTIONS = Set.of(
            "core", "remote", "branch", "user", "pull", "push", "init", "submodule", "extensions", "rebase", "fetch");

    /** Submodules of submodules are looked into so far down. */
    private static final int MAX_DEPTH = 3;

    /** The hook that commands run which only read: they refresh the index. */
    private static final String INDEX_HOOK = "post-index-change";

    /** Where its index is. */
    private final Path own;
    /** Where its configuration and hooks are. */
    private final Path common;

    private final Path tree;

    private GitRepository(Path own, Path tree) {
        this.own = own;
        this.common = shared(own);
        this.tree = tree;
    }

    /** The repository for a working folder; empty when there is none. */
    static Optional<GitRepository> find(Path workingFolder) {
        for (Path at = workingFolder; at != null; at = at.getParent()) {
            Path git = at.resolve(".git");
            if (Files.exists(git, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(new GitRepository(Files.isDirectory(git) ? git : linked(git), at));
            }
            if (Files.exists(at.resolve("HEAD"))
                    && (Files.exists(at.resolve("objects")) || Files.exists(at.resolve("commondir")))) {
                return Optional.of(new GitRepository(at, at)); // a bare one
            }
        }
        return Optional.empty();
    }

    /** The {@code .git} of a worktree or submodule is a file that names a folder. */
    private static Path linked(Path file) {
        return named(file, text -> text.replaceFirst("^gitdir:\\s*", ""), file);
    }

    /** A worktree's folder names the one it shares; any other may do so, too. */
    private static Path shared(Path own) {
        Path file = own.resolve("commondir");
        return Files.exists(file) ? named(file, text -> text, file) : own;
    }

    private static Path named(Path file, UnaryOperator<String> path, Path otherwise) {
        try {
            return file.resolveSibling(path.apply(Files.readString(file).strip()));
        } catch (IOException | InvalidPathException e) {
            return otherwise; // no folder, so nothing about it is plain
        }
    }

    /** Whether git runs nothing but itself here, as far as configuration goes, its submodules' included. */
    boolean isPlain() {
        return isPlain(0);
    }

    private boolean isPlain(int depth) {
        if (depth > MAX_DEPTH
                || !isConfiguredPlainly()
                || Files.exists(common.resolve("hooks").resolve(INDEX_HOOK))) {
            return false;
        }
        Optional<List<String>> submodules =
                hasSplitIndex() ? Optional.empty() : GitIndex.submodules(own.resolve("index"));
        return submodules.isPresent()
                && submodules.get().stream().allMatch(path -> isPlainModule(tree.resolve(path), depth + 1));
    }

    /** One that was not checked out is nothing to git. */
    private static boolean isPlainModule(Path folder, int depth) {
        return !Files.exists(folder.resolve(".git"), LinkOption.NOFOLLOW_LINKS)
                || find(folder).filter(module -> module.isPlain(depth)).isPresent();
    }

    /** Then the index names a file that holds the rest of it. */
    private boolean hasSplitIndex() {
        try (var shared = Files.newDirectoryStream(own, "sharedindex.*")) {
            return shared.iterator().hasNext();
        } catch (IOException e) {
            return true;
        }
    }

    private boolean isConfiguredPlainly() {
        Path config = common.resolve("config");
        if (Files.exists(own.resolve("config.worktree")) || Files.exists(common.resolve("config.worktree"))) {
            return false;
        }
        if (!Files.exists(config)) {
            return Files.isDirectory(common);
        }
        try {
            return isPlain(Files.readAllLines(config));
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isPlain(List<String> lines) {
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
            boolean harmless = key.equals("worktree") ? namesTree(entry) : HARMLESS.contains(key);
            if (!harmless || entry.contains("::") || entry.endsWith("\\")) {
                return false;
            }
        }
        return true;
    }

    /** Git writes down a submodule's own folder; another one would have it show files from elsewhere. */
    private boolean namesTree(String entry) {
        try {
            String value = entry.substring(entry.indexOf('=') + 1).strip();
            return own.resolve(value).toRealPath().equals(tree.toRealPath());
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    /** Whether there is a hook that somebody put there since the work began. */
    boolean hasFreshHook(Workspace workspace) {
        try (var hooks = Files.newDirectoryStream(common.resolve("hooks"))) {
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
