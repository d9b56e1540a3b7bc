package dev.yardmaster.worktree;

import dev.yardmaster.event.YardmasterException;

/** A git worktree is needed and cannot be had; the message says why, and what to do. */
public final class NoWorktreeException extends YardmasterException {

    NoWorktreeException(String message) {
        super(message);
    }
}
