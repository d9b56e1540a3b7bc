package dev.yardmaster.run;

import java.time.Duration;

/** How time is waited for: for real, or as a test says. */
@FunctionalInterface
interface Pause {
    void pause(Duration duration) throws InterruptedException;
}
