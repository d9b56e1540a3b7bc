package dev.yardmaster.tool;

import dev.yardmaster.event.YardmasterException;

/** A tool call whose arguments do not fit the tool; its message is written for the model that made the call. */
public final class InvalidArgumentsException extends YardmasterException {

    public InvalidArgumentsException(String message) {
        super(message);
    }
}
