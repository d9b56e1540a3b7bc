package dev.yardmaster.worktree;

import java.util.List;
import java.util.Optional;

/**
 * What a run has left and what stays.
 *
 * @param run that left it
 * @param branch that it is on, or was to be
 * @param files that are different there and not in the workspace; empty where it was not looked at
 * @param trouble why it could not be looked at or removed; empty where it stays because its work is not in the workspace
 */
public record Leftover(String run, String branch, List<String> files, Optional<String> trouble) {

    public Leftover {
        files = List.copyOf(files);
    }
}
