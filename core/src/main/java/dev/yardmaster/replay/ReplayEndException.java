package dev.yardmaster.replay;

import dev.yardmaster.event.YardmasterException;

/** Ends a node's replay: its record ends here, or does not fit. What it was about is noted beside it. */
final class ReplayEndException extends YardmasterException {

    ReplayEndException() {
        super("this node is being replayed, and its record goes no further");
    }
}
