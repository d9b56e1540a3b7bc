package dev.yardmaster.worktree;

import dev.yardmaster.workspace.Workspace;
import java.nio.file.Path;

/**
 * A git worktree, as it is recorded.
 *
 * @param folder its root
 * @param repository the root of what it is a worktree of
 * @param git where git keeps what it knows of it
 * @param branch that it has checked out
 * @param base the commit that it began with
 */
public record Worktree(String folder, String repository, String git, String branch, String base) {

    /** A workspace in it, where {@code other} lies in the repository: rules about paths there mean the same paths here. */
    public Workspace workspace(Workspace other) {
        return other.copied(other.folders().stream().map(this::mapped).toList(), Path.of(folder), Path.of(repository));
    }

    private Path mapped(Path path) {
        return path.startsWith(repository)
                ? Path.of(folder).resolve(Path.of(repository).relativize(path))
                : path;
    }
}
