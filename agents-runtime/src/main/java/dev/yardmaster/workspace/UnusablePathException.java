package dev.yardmaster.workspace;

import dev.yardmaster.event.YardmasterException;

/** A path that cannot be used: malformed, a link that leads nowhere sensible, or not the file it was a moment ago. */
public final class UnusablePathException extends YardmasterException {

    public UnusablePathException(String message) {
        super(message);
    }
}
