package dev.yardmaster.workspace;

import dev.yardmaster.event.YardmasterException;

/** A pattern for paths that cannot be read as one. */
public final class InvalidGlobException extends YardmasterException {

    InvalidGlobException(String message) {
        super(message);
    }
}
