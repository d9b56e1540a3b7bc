package dev.yardmaster.agent;

import java.nio.channels.ClosedByInterruptException;

/**
 * Tells what a tool could not do from what it was kept from doing: a file that is open when its thread is interrupted says
 * so with an {@link java.io.IOException}, and some tools turn that into a result. It is no failure, and is not recorded as
 * one: the call is left as one that was begun.
 */
final class Interruption {

    private Interruption() {}

    /** @throws InterruptedException when the exception is there because the thread was interrupted */
    static void check(Exception e) throws InterruptedException {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException || cause instanceof ClosedByInterruptException) {
                throw interrupted(e);
            }
        }
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted(e);
        }
    }

    private static InterruptedException interrupted(Exception e) {
        Thread.interrupted(); // told by the exception now
        var interrupted = new InterruptedException("interrupted: " + e);
        interrupted.initCause(e);
        return interrupted;
    }

    /** @throws InterruptedException when the thread was interrupted while something failed */
    static void check(String failed) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted: " + failed);
        }
    }
}
