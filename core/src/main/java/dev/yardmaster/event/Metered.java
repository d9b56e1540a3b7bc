package dev.yardmaster.event;

import java.math.BigDecimal;
import java.util.Optional;

/** A step's output that tells what it consumed; the journal records it beside the output. */
public interface Metered {
    Usage usage();

    /** What that cost, in US dollars; empty when it is not known. */
    default Optional<BigDecimal> dollars() {
        return Optional.empty();
    }
}
