package dev.yardmaster.cli.settings;

import dev.yardmaster.event.YardmasterException;

/** The command was called, or set up, in a way that cannot work: exit code 2. Says what, where, and what to do. */
public final class UsageException extends YardmasterException {

    public UsageException(String message) {
        super(message);
    }
}
