package dev.yardmaster.model;

import dev.yardmaster.event.YardmasterException;

/** A model was needed and none is configured, or its name means nothing; the message lists the ways to get one. */
public final class NoModelException extends YardmasterException {

    NoModelException(String message) {
        super(message);
    }
}
