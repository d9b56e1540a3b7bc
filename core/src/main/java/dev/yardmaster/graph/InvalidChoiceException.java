package dev.yardmaster.graph;

import dev.yardmaster.event.YardmasterException;

/** A chooser picked something it may not pick. */
public final class InvalidChoiceException extends YardmasterException {

    InvalidChoiceException(String message) {
        super(message);
    }
}
