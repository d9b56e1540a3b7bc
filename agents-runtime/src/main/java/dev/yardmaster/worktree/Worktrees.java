package dev.yardmaster.worktree;

import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.event.Json;
import dev.yardmaster.undo.Keeper;
import dev.yardmaster.workspace.FolderTree;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The git worktrees of one workspace: they lie in {@code .yardmaster/worktrees} of its repository, which ignores itself. What
 * is in the workspace and not committed is in them, too, as long as git does not ignore it. The user's index and branches
 * are not touched, and hooks of the repository do not run. Every method runs git and blocks; each can be repeated after a
 * crash and comes to the same.
 */
public final class Worktrees {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final String BRANCHES = "yardmaster/";

    /** The file in which a worktree that is ready has what it began with, where git keeps what it knows of it. */
    static final String BASE = "yardmaster-base";

    /** The subject of commits that hold the workspace, and nothing of an agent's. */
    static final String SNAPSHOT = "The workspace as it was";

    private static final int SHORT = 12;

    /** How the name of a worktree begins that is being removed. */
    private static final String GONE = ".gone-";

    private final Workspace workspace;
    private final Repository repository;

    private Worktrees(Workspace workspace, Repository repository) {
        this.workspace = workspace;
        this.repository = repository;
    }

    /** @throws NoWorktreeException when there is no git, or the workspace is in no repository */
    public static Worktrees of(Workspace workspace) throws InterruptedException {
        return new Worktrees(workspace, Repository.of(workspace.root()));
    }

    /** @throws NoWorktreeException when the workspace holds submodules or other repositories, or git is too old */
    public void check() throws InterruptedException {
        String commit = repository.commit("The workspace as it is", List.of());
        merging(commit, repository.commit("The same", List.of(commit)));
    }

    /**
     * The workspace as it is now, as a commit on no branch, for worktrees to begin with.
     *
     * @param run keeps git from tidying it away until {@link #forget}
     * @throws NoWorktreeException when it holds submodules or other repositories
     */
    public String snapshot(String run, String name) throws InterruptedException {
        Git.Result head = repository.run().attempt("", "rev-parse", "--verify", "--quiet", "HEAD^{commit}");
        List<String> parents = head.exit() == 0 ? List.of(head.output().strip()) : List.of();
        String commit = repository.commit(SNAPSHOT, parents);
        repository.hold(kept(run, name), commit);
        return commit;
    }

    /** Lets git tidy a {@link #snapshot} away. */
    public void forget(String run, String name) throws InterruptedException {
        repository.drop(kept(run, name));
    }

    private static String kept(String run, String name) {
        return "refs/yardmaster/" + plain(run) + "/" + plain(name);
    }

    /** A run's name may be any text. */
    static String plain(String name) {
        return PLAIN.matcher(name).matches() ? name : Json.of(name).sha256().substring(0, SHORT);
    }

    /**
     * What changes come to together.
     *
     * @param commit with all of them that go together
     * @param left those that do not go with the ones before them
     */
    public record Together(String commit, List<Change> left) {

        public Together {
            left = List.copyOf(left);
        }
    }

    /** A commit with several changes in it, in their order; of two that conflict, the first. */
    public Together together(String start, List<Change> changes) throws InterruptedException {
        String now = start;
        var left = new ArrayList<Change>();
        for (Change change : changes) {
            if (now.equals(start) && isBefore(start, change.commit())) {
                now = change.commit();
                continue;
            }
            Merging merging = merging(now, change.commit());
            if (merging.conflicts().isEmpty()) {
                now = repository.commit(merging.tree(), "Merged " + change.branch(), List.of(now, change.commit()));
            } else {
                left.add(change);
            }
        }
        return new Together(now, left);
    }

    private boolean isBefore(String one, String other) throws InterruptedException {
        return repository
                        .run()
                        .attempt("", "merge-base", "--is-ancestor", one, other)
                        .exit()
                == 0;
    }

    /** Two commits merged. */
    private record Merging(String tree, List<String> conflicts) {}

    private Merging merging(String one, String other) throws InterruptedException {
        Git.Result result = repository
                .run()
                .attempt("", "merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", one, other);
        if (result.exit() > 1 || result.exit() < 0 || result.pieces().isEmpty()) {
            throw new NoWorktreeException(
                    "git cannot merge '" + other + "': " + result.errors().strip() + "; git 2.38 or newer is needed");
        }
        List<String> pieces = result.pieces();
        return new Merging(
                pieces.getFirst(),
                result.exit() == 0
                        ? List.of()
                        : pieces.stream()
                                .skip(1)
                                .takeWhile(file -> !file.isEmpty())
                                .distinct()
                                .toList());
    }

    /**
     * Makes a worktree with a branch of its own; what was left of one of the same name is removed before.
     *
     * @param run the run it is for
     * @param name of it, once in that run
     * @param base the commit that it begins with
     */
    public Worktree open(String run, String name, String base) throws InterruptedException {
        String branch = BRANCHES + plain(run) + "/" + plain(name);
        Path folder = folder(branch);
        try {
            clear(folder);
            repository.change(git -> {
                repository.forget(folder);
                Files.createDirectories(folder.getParent());
                Path ignored = repository.worktrees().resolve(".gitignore");
                if (Files.notExists(ignored)) {
                    Files.writeString(ignored, "*\n");
                }
                String place = folder.toString();
                git.run("worktree", "add", "--quiet", "--no-track", "--no-checkout", "-B", branch, place, base);
            });
            Repository own = Repository.of(folder);
            own.run().run("read-tree", "--reset", "-u", base); // takes as long as it takes, and changes nobody else's
            Files.writeString(own.git().resolve(BASE), base);
            return worktree(folder, own.git(), branch, base);
        } catch (IOException e) {
            throw new UncheckedIOException("the worktree '" + folder + "' cannot be made: " + FileTrouble.of(e), e);
        }
    }

    Worktree worktree(Path folder, Path git, String branch, String base) {
        return new Worktree(folder.toString(), repository.tree().toString(), git.toString(), branch, base);
    }

    Repository repository() {
        return repository;
    }

    /** What was done in a worktree, as a commit on its branch. Commits that were made there are in it as one. */
    Change close(Worktree worktree, String message) throws InterruptedException {
        Repository own = repository.of(worktree);
        String commit = own.commitOwn(message, List.of(worktree.base()));
        List<String> files = repository.different(worktree.base(), commit);
        String kept = files.isEmpty() ? worktree.base() : commit;
        repository.hold("refs/heads/" + worktree.branch(), kept);
        return new Change(worktree.branch(), kept, files);
    }

    Path folder(String branch) {
        return repository.worktrees().resolve(branch.substring(BRANCHES.length()));
    }

    /** The names of a run's worktrees that are there. */
    List<String> names(String run) {
        Path folder = repository.worktrees().resolve(run);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(each -> each.getFileName().toString())
                    .filter(name -> !name.startsWith(GONE))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("'" + folder + "' cannot be read: " + FileTrouble.of(e), e);
        }
    }

    /** Removes a folder with all that is in it; a kill leaves it whole, or nobody takes it for a worktree any more. */
    private void clear(Path folder) throws IOException {
        Path gone = folder.resolveSibling(GONE + folder.getFileName());
        FolderTree.delete(gone);
        if (Files.exists(folder)) {
            Files.move(folder, gone, StandardCopyOption.ATOMIC_MOVE);
            FolderTree.delete(gone);
        }
    }

    void removeFolder(Path folder) throws InterruptedException {
        try {
            clear(folder);
            repository.change(git -> {
                repository.forget(folder);
                deleteIfEmpty(folder.getParent()); // not while another is about to be made there
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the worktree '" + folder + "' cannot be removed: " + FileTrouble.of(e), e);
        }
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException | NoSuchFileException e) {
            return; // others are there
        }
    }

    /**
     * Ends work in a worktree: its changes are merged into the workspace, where they go together with what is there; the
     * worktree is removed, and its branch, unless they do not.
     *
     * @param merge what merging them would do
     */
    MergedWork merged(Change change, Merge merge, Optional<Keeper> keeper) throws InterruptedException {
        List<String> conflicts = merge.isClean() ? apply(merge, keeper) : merge.conflicts();
        if (!conflicts.isEmpty()) {
            removeFolder(folder(change.branch()));
            return new MergedWork(List.of(), conflicts, change.branch());
        }
        remove(change.branch());
        return new MergedWork(merge.files(), List.of(), "");
    }

    /** Ends work in a worktree that is not merged: its branch stays, unless nothing was done there. */
    MergedWork left(Change change) throws InterruptedException {
        if (change.isEmpty()) {
            remove(change.branch());
            return MergedWork.nothing();
        }
        removeFolder(folder(change.branch()));
        return new MergedWork(List.of(), List.of(), change.branch());
    }

    /** Removes a worktree with its branch. */
    void remove(String branch) throws InterruptedException {
        removeFolder(folder(branch));
        repository.drop("refs/heads/" + branch);
    }

    /** The turn to work out a merge into the workspace and to do it, which belongs together. */
    FileTurn mergeTurn() throws InterruptedException {
        return FileTurn.on(repository.git().resolve("yardmaster-merge.lock"));
    }

    /**
     * What merging a change into the workspace as it is now would do.
     *
     * @param knows the commits that are in the workspace already: what the change began with, and changes merged before
     */
    Merge merge(Change change, List<String> knows) throws InterruptedException {
        String ours = repository.commit(SNAPSHOT, knows);
        Merging merging = merging(ours, change.commit());
        List<String> files = merging.conflicts().isEmpty() ? repository.different(ours, merging.tree()) : List.of();
        return new Merge(ours, merging.tree(), files, merging.conflicts());
    }

    /**
     * Does a merge. What has been done of it is not done again; when a file is neither what it was nor what it is to be,
     * nothing is done.
     *
     * @param keeper keeps what files were; empty where nothing is to be undone
     * @return the files that somebody changed since the merge was worked out; empty when it is done
     */
    private List<String> apply(Merge merge, Optional<Keeper> keeper) throws InterruptedException {
        return new MergeIntoFiles(workspace, repository, merge, keeper).apply();
    }
}
