package dev.yardmaster.worktree;

import java.util.List;

/**
 * What became of work that was done in a worktree, as it is recorded.
 *
 * @param files what is in the workspace now, relative to the repository's root; empty when nothing was changed, or merged
 * @param conflicts why nothing was merged: what was changed here, too, in ways that do not go together
 * @param branch where the work is; empty when it is merged
 */
public record MergedWork(List<String> files, List<String> conflicts, String branch) {

    /** The name of the step that holds one, in some scope. */
    public static final String STEP = "worktree/merged";

    private static final int MOST = 10;

    public MergedWork {
        files = List.copyOf(files);
        conflicts = List.copyOf(conflicts);
    }

    static MergedWork nothing() {
        return new MergedWork(List.of(), List.of(), "");
    }

    /** In words; empty when there is nothing to say. */
    public String told() {
        if (!conflicts.isEmpty()) {
            return "What was done in a worktree is not in the workspace: it conflicts with what was done here meanwhile in "
                    + listed(conflicts) + ". It is the last commit on the branch " + branch + " ('git show " + branch
                    + "')";
        }
        if (!branch.isEmpty()) {
            return "What was done in a worktree was not finished and is not in the workspace. It is the last commit on the"
                    + " branch " + branch + " ('git show " + branch + "')";
        }
        return files.isEmpty() ? "" : "What was done in a worktree is in the workspace now: " + listed(files);
    }

    private static String listed(List<String> files) {
        return String.join(", ", files.subList(0, Math.min(MOST, files.size())))
                + (files.size() > MOST ? " and " + (files.size() - MOST) + " more" : "");
    }
}
