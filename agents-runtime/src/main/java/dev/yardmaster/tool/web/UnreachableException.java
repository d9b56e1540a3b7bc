package dev.yardmaster.tool.web;

import java.io.IOException;

/** A server that is not asked, or does not answer as it should: repeating the call changes nothing. */
final class UnreachableException extends IOException {

    UnreachableException(String message) {
        super(message);
    }

    UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
