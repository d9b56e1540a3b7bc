package dev.yardmaster.event;

/** A step's output that tells what it consumed; the journal records it beside the output. */
public interface Metered {
    Usage usage();
}
