package dev.yardmaster.worktree;

import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.workspace.FolderTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A tree of files under git's control, and what can be made of it without touching its index or branches: what lies in it now
 * as a commit.
 *
 * @param git where git keeps what it knows of it
 * @param common the same of the repository that it shares with others
 * @param tree its root
 * @param within the part of it that is meant, relative to the root; empty for all of it
 */
record Repository(Path git, Path common, Path tree, String within) {

    private static final String SUBMODULE = "160000 ";

    /** That of a folder. @throws NoWorktreeException when it is in none, or that has no files of its own */
    static Repository of(Path folder) throws InterruptedException {
        Git.Result found = Git.in(folder)
                .attempt(
                        "",
                        "rev-parse",
                        "--path-format=absolute",
                        "--absolute-git-dir",
                        "--git-common-dir",
                        "--show-toplevel");
        List<String> lines = found.output().lines().toList();
        if (found.exit() != 0 || lines.size() < 3) {
            String why = found.errors().strip().replaceFirst("^(fatal|error): ", "");
            throw new NoWorktreeException("a git worktree is needed, and '" + folder
                    + "' is in no git repository with files (" + why + "); make it one with 'git init' and a first"
                    + " commit, or do without worktrees");
        }
        try {
            Path tree = Path.of(lines.get(2)).toRealPath();
            return new Repository(
                    Path.of(lines.getFirst()),
                    Path.of(lines.get(1)),
                    tree,
                    tree.relativize(folder.toRealPath()).toString());
        } catch (IOException e) {
            throw new UncheckedIOException("the repository of '" + folder + "' cannot be read", e);
        }
    }

    /** A worktree of it. */
    Repository of(Worktree worktree) {
        return new Repository(Path.of(worktree.git()), common, Path.of(worktree.folder()), within);
    }

    /** Lets git forget a worktree. */
    void forget(Path worktree) throws IOException {
        for (Path each : known(worktree)) {
            FolderTree.delete(each);
        }
    }

    /** Where git keeps what it knows of a worktree; one place, where nothing went wrong. */
    List<Path> known(Path worktree) throws IOException {
        Path known = common.resolve("worktrees");
        if (!Files.isDirectory(known)) {
            return List.of();
        }
        Path wanted = worktree.resolve(".git").normalize();
        var found = new ArrayList<Path>();
        try (var all = Files.newDirectoryStream(known)) {
            for (Path each : all) {
                Path place = each.resolve("gitdir"); // what is in it may be relative to where it lies
                if (Files.exists(place)
                        && each.resolve(Files.readString(place).strip())
                                .normalize()
                                .equals(wanted)) {
                    found.add(each);
                }
            }
        }
        return found;
    }

    /** The folder of its worktrees. */
    Path worktrees() {
        return tree.resolve(".yardmaster").resolve("worktrees");
    }

    Git run() {
        return Git.of(git, tree);
    }

    /** Something to do that changes refs or worktrees. */
    @FunctionalInterface
    interface Changing {
        void with(PatientGit git) throws IOException, InterruptedException;
    }

    /**
     * Changes refs or worktrees while no other process of ours does: git stumbles over a worktree that another git is about to
     * make.
     */
    void change(Changing work) throws IOException, InterruptedException {
        FileTurn turn = FileTurn.on(common.resolve("yardmaster.lock"));
        try {
            work.with(new PatientGit(run(), common, PatientGit.PATIENCE));
        } finally {
            turn.end();
        }
    }

    /** Lets a ref of ours hold a commit. */
    void hold(String ref, String commit) throws InterruptedException {
        update(ref, commit);
    }

    /** Removes a ref of ours, if it is there. */
    void drop(String ref) throws InterruptedException {
        update("-d", ref);
    }

    private void update(String... what) throws InterruptedException {
        try {
            change(git -> git.run(
                    Stream.concat(Stream.of("update-ref"), Stream.of(what)).toArray(String[]::new)));
        } catch (IOException e) {
            throw new UncheckedIOException("refs cannot be changed: " + FileTrouble.told(e), e);
        }
    }

    /** Something to do with an index that is nobody's. */
    @FunctionalInterface
    interface WithIndex<T> {
        T with(Git git, Path folder) throws IOException, InterruptedException;
    }

    /** Does something with a copy of the index, which knows what has not changed since it was made. */
    <T> T withIndex(WithIndex<T> work) throws InterruptedException {
        try {
            Path folder = Files.createTempDirectory("yardmaster-git");
            try {
                Path own = git.resolve("index");
                Path copy = folder.resolve("index");
                if (Files.exists(own)) {
                    Files.copy(own, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
                return work.with(run().index(copy), folder);
            } finally {
                FolderTree.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("files for git cannot be written: " + FileTrouble.of(e), e);
        }
    }

    /**
     * What lies in it now, as a commit: with what is changed and not committed, and what is new and not ignored.
     *
     * @throws NoWorktreeException when it holds other repositories, whose files git does not see
     */
    String commit(String message, List<String> parents) throws InterruptedException {
        String tree = withIndex((git, folder) -> {
            add(git);
            List<String> others = repositories(git);
            if (!others.isEmpty()) {
                throw new NoWorktreeException("there are repositories within the repository '" + tree() + "' ("
                        + String.join(", ", others)
                        + "), and a worktree would be without their files; do without worktrees here");
            }
            return git.run("write-tree");
        });
        return commit(tree, message, parents);
    }

    /** The same without what is in repositories within it. */
    String commitOwn(String message, List<String> parents) throws InterruptedException {
        String tree = withIndex((git, folder) -> {
            add(git);
            for (String other : repositories(git)) {
                git.run("update-index", "--force-remove", "--", other);
            }
            return git.run("write-tree");
        });
        return commit(tree, message, parents);
    }

    private void add(Git git) throws InterruptedException {
        git.run("add", "--all", "--", within.isEmpty() ? "." : within);
    }

    private static List<String> repositories(Git git) throws InterruptedException {
        return git.pieces("ls-files", "--stage", "-z").stream()
                .filter(entry -> entry.startsWith(SUBMODULE))
                .map(entry -> entry.substring(entry.indexOf('\t') + 1))
                .toList();
    }

    /** A tree as a commit. */
    String commit(String tree, String message, List<String> parents) throws InterruptedException {
        var line = new ArrayList<>(List.of("commit-tree", tree, "-m", message));
        parents.stream().distinct().forEach(parent -> {
            line.add("-p");
            line.add(parent);
        });
        return run().run(line.toArray(String[]::new));
    }

    /** The files that differ. */
    List<String> different(String one, String other) throws InterruptedException {
        return run().pieces("diff-tree", "-r", "-z", "--no-renames", "--name-only", one, other);
    }
}
