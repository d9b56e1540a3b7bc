package dev.yardmaster.worktree;

import dev.yardmaster.event.FileTrouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Git for commands that change refs or make worktrees, which they lock: a lock that another git holds is waited for, and one of
 * ours that was left by a git that was killed is removed. Locks of the user's own branches, index and settings are never
 * removed. To be used by one at a time ({@link FileTurn}), so that no other git of ours holds a lock for longer than it runs.
 *
 * @param repository what others share, too
 * @param patience how long locks are waited for in all
 */
record PatientGit(Git git, Path repository, Duration patience) {

    /** The age of a lock that is left: the commands that take one take milliseconds. */
    static final Duration LEFT = Duration.ofSeconds(10);

    /** Long enough for a lock that was just left to be that old. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    /** As git says it ({@code lockfile.c}, {@code config.c}). */
    private static final Pattern LOCKED =
            Pattern.compile("Unable to create '(.+?)': File exists|could not lock config file (.+): File exists");

    /** Another git is about to make a worktree, or to remove one ({@code worktree.c}). */
    private static final Pattern UNDER_WAY = Pattern.compile("failed to read .*/(?:commondir|gitdir|HEAD)");

    /** Runs a command to its end. @throws NoWorktreeException when it failed, or a lock is in its way for too long */
    void run(String... arguments) throws InterruptedException {
        long begun = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        for (Git.Result result = git.complete(arguments); result.exit() != 0; result = git.complete(arguments)) {
            Optional<Path> lock = lock(result.errors());
            if (lock.isEmpty() && !UNDER_WAY.matcher(result.errors()).find()) {
                throw result.failure(arguments);
            }
            if (lock.isPresent() && isOurs(lock.get()) && isLeft(lock.get())) {
                remove(lock.get());
                continue;
            }
            if (System.nanoTime() - begun >= patience.toNanos()) {
                throw lock.map(file -> inTheWay(file, arguments)).orElse(result.failure(arguments));
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private Optional<Path> lock(String errors) {
        Matcher locked = LOCKED.matcher(errors);
        if (!locked.find()) {
            return Optional.empty();
        }
        String file = locked.group(1) != null ? locked.group(1) : locked.group(2) + ".lock";
        return Optional.of(git.folder().resolve(file).normalize());
    }

    /** Nobody else has refs there. */
    private boolean isOurs(Path lock) {
        return lock.startsWith(repository.resolve("refs/heads/yardmaster"))
                || lock.startsWith(repository.resolve("refs/yardmaster"));
    }

    /** Whether a lock is older than any that a git of ours holds. */
    static boolean isLeft(Path lock) {
        try {
            return Files.getLastModifiedTime(lock)
                    .toInstant()
                    .isBefore(Instant.now().minus(LEFT));
        } catch (IOException e) {
            return false; // it is gone
        }
    }

    static void remove(Path lock) {
        try {
            Files.deleteIfExists(lock);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the lock '" + lock + "' was left and cannot be removed: " + FileTrouble.of(e), e);
        }
    }

    private NoWorktreeException inTheWay(Path lock, String... arguments) {
        return new NoWorktreeException("git " + arguments[0] + " failed: '" + lock + "' is there for more than "
                + patience.toSeconds() + " s, so another git is at work in the repository, or was killed; when none is,"
                + " remove that file and try again");
    }
}
