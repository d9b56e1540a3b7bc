package dev.yardmaster.worktree;

import java.util.List;

/**
 * What was done in a worktree, as one commit on its branch.
 *
 * @param branch holds the commit
 * @param commit its hash; that of what the worktree began with when nothing was changed
 * @param files what is different, relative to the repository's root; empty when nothing is
 */
public record Change(String branch, String commit, List<String> files) {

    public Change {
        files = List.copyOf(files);
    }

    public boolean isEmpty() {
        return files.isEmpty();
    }
}
