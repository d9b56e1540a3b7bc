package dev.yardmaster.worktree;

import java.util.List;

/**
 * What merging a change into a workspace would do.
 *
 * @param ours the workspace as it was, as a commit
 * @param merged what it would be, as a tree
 * @param files what would be written or removed, relative to the repository's root
 * @param conflicts what both have changed in ways that do not go together; then nothing is to be merged
 */
public record Merge(String ours, String merged, List<String> files, List<String> conflicts) {

    public Merge {
        files = List.copyOf(files);
        conflicts = List.copyOf(conflicts);
    }

    public boolean isClean() {
        return conflicts.isEmpty();
    }
}
