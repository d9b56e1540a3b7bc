package dev.yardmaster.worktree;

import dev.yardmaster.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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

    /**
     * Removes what was left locked by a git that was killed there, so that work can go on: nothing that was locked just now, or
     * while a process is at work in it. Whoever calls this is not.
     */
    public void unlock() {
        for (String each : List.of("index.lock", "HEAD.lock")) {
            Path lock = Path.of(git).resolve(each);
            if (PatientGit.isLeft(lock) && !isInhabited()) {
                PatientGit.remove(lock);
            }
        }
    }

    /** Whether a process has its working folder there; false where the system does not tell. */
    private boolean isInhabited() {
        return ProcessHandle.allProcesses()
                .map(process -> Path.of("/proc", Long.toString(process.pid()), "cwd"))
                .anyMatch(this::leadsHere);
    }

    private boolean leadsHere(Path link) {
        try {
            return Files.readSymbolicLink(link).startsWith(folder);
        } catch (IOException e) {
            return false; // it is over, or somebody else's
        }
    }

    private Path mapped(Path path) {
        return path.startsWith(repository)
                ? Path.of(folder).resolve(Path.of(repository).relativize(path))
                : path;
    }
}
