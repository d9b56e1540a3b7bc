package dev.yardmaster.graph;

import dev.yardmaster.event.YardmasterException;

/** A channel was read as another type than was written to it. */
public final class WrongTypeException extends YardmasterException {

    WrongTypeException(Channel<?> read, Channel<?> written) {
        super(read + " is read as " + read.type().getTypeName() + ", and holds "
                + written.type().getTypeName() + "; use one Channel constant in both places");
    }
}
