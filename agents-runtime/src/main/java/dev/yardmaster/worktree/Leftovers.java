package dev.yardmaster.worktree;

import dev.yardmaster.event.FileTrouble;
import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What runs that nobody goes on with have left in a repository: worktrees that they were at work in, and branches with work that
 * was not merged. Every method runs git and blocks.
 */
public final class Leftovers {

    private static final String BRANCHES = "refs/heads/yardmaster/";
    private static final String SNAPSHOTS = "refs/yardmaster/";

    private final Worktrees worktrees;
    private final Repository repository;

    private Leftovers(Worktrees worktrees) {
        this.worktrees = worktrees;
        this.repository = worktrees.repository();
    }

    /** @throws NoWorktreeException when there is no git, or the workspace is in no repository */
    public static Leftovers in(Workspace workspace) throws InterruptedException {
        return new Leftovers(Worktrees.of(workspace));
    }

    /**
     * Removes what runs have left. Work that is not in the workspace stays, as the last commit on its branch, also what was not
     * committed yet.
     *
     * @param runs that are over, or deleted: nobody is at work in their worktrees
     * @param unmerged whether work that is not in the workspace is removed, too, and lost
     * @return what stays: such work, and what git would not let go of, whose run's snapshots stay with it
     */
    public List<Leftover> clear(Collection<String> runs, boolean unmerged) throws InterruptedException {
        var gone = new TreeMap<String, String>();
        runs.forEach(run -> gone.put(Worktrees.plain(run), run));
        List<String> refs = repository
                .run()
                .run("for-each-ref", "--format=%(refname)", BRANCHES, SNAPSHOTS)
                .lines()
                .toList();
        var stays = new ArrayList<Leftover>();
        for (String branch : branches(gone.keySet(), refs)) {
            String run = gone.getOrDefault(run(branch.substring("yardmaster/".length())), "");
            clear(run, branch, unmerged, refs).ifPresent(stays::add);
        }
        Set<String> needed = stays.stream()
                .filter(each -> each.trouble().isPresent())
                .map(each -> Worktrees.plain(each.run()))
                .collect(Collectors.toSet());
        for (String each : refs) {
            String run = each.startsWith(SNAPSHOTS) ? run(each.substring(SNAPSHOTS.length())) : "";
            if (gone.containsKey(run) && !needed.contains(run)) {
                try {
                    repository.drop(each);
                } catch (YardmasterException | UncheckedIOException e) {
                    stays.add(inTrouble(gone.get(run), each, e));
                }
            }
        }
        return stays;
    }

    /** Removes one branch with its worktree, or says what of it stays. */
    private Optional<Leftover> clear(String run, String branch, boolean unmerged, List<String> refs)
            throws InterruptedException {
        try {
            Change change = unmerged ? new Change(branch, "", List.of()) : change(branch, refs);
            if (change.isEmpty()) {
                worktrees.remove(branch);
                return Optional.empty();
            }
            worktrees.removeFolder(worktrees.folder(branch));
            return Optional.of(new Leftover(run, branch, change.files(), Optional.empty()));
        } catch (YardmasterException | UncheckedIOException e) {
            return Optional.of(inTrouble(run, branch, e)); // the others do not wait for it
        }
    }

    private static Leftover inTrouble(String run, String branch, RuntimeException e) {
        return new Leftover(run, branch, List.of(), Optional.of(String.valueOf(e.getMessage())));
    }

    /** Those with a worktree, and those without. */
    private Set<String> branches(Set<String> runs, List<String> refs) {
        var found = new TreeSet<String>();
        for (String each : refs) {
            if (each.startsWith(BRANCHES) && runs.contains(run(each.substring(BRANCHES.length())))) {
                found.add(each.substring("refs/heads/".length()));
            }
        }
        runs.forEach(run -> worktrees.names(run).forEach(name -> found.add("yardmaster/" + run + "/" + name)));
        return found;
    }

    private static String run(String branch) {
        return branch.substring(0, Math.max(branch.indexOf('/'), 0));
    }

    /** What was done on a branch and is not in the workspace. */
    private Change change(String branch, List<String> refs) throws InterruptedException {
        var nothing = new Change(branch, "", List.of());
        try {
            Path folder = worktrees.folder(branch);
            List<Path> known = Files.isDirectory(folder) ? repository.known(folder) : List.of();
            if (!known.isEmpty() && Files.exists(known.getFirst().resolve(Worktrees.BASE))) {
                String base = Files.readString(known.getFirst().resolve(Worktrees.BASE));
                Change change = worktrees.close(
                        worktrees.worktree(folder, known.getFirst(), branch, base), "What was left in a worktree");
                return isInWorkspace(change, base) ? nothing : change;
            }
            if (known.isEmpty() && Files.exists(folder.resolve(".git"))) {
                throw new NoWorktreeException("git does not know the worktree '" + folder
                        + "', so that what was done there cannot be told; 'git worktree repair " + folder
                        + "' makes it known again");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "what was left on '" + branch + "' cannot be read: " + FileTrouble.told(e), e);
        }
        if (!refs.contains("refs/heads/" + branch)) {
            return nothing;
        }
        Git.Result base = repository.run().attempt("", "rev-parse", "--verify", "--quiet", branch + "^");
        if (base.exit() != 0) {
            return nothing; // it began, and that was all
        }
        if (repository.run().run("log", "-1", "--format=%s", branch, "--").equals(Worktrees.SNAPSHOT)) {
            return nothing; // what is different is the user's own, and was in the workspace
        }
        String before = base.output().strip();
        String commit = repository.run().run("rev-parse", "--verify", branch);
        var change = new Change(branch, commit, repository.different(before, commit));
        return isInWorkspace(change, before) ? nothing : change;
    }

    /** Whether merging it would change nothing: whoever looked at it has taken it over. */
    private boolean isInWorkspace(Change change, String base) throws InterruptedException {
        if (change.isEmpty()) {
            return true;
        }
        try {
            Merge merge = worktrees.merge(change, List.of(base));
            return merge.isClean() && merge.files().isEmpty();
        } catch (NoWorktreeException e) {
            return false; // there are other repositories in the workspace now
        }
    }
}
