package dev.yardmaster.house.broken.event;

import dev.yardmaster.house.broken.graph.Twin;
import io.micrometer.core.instrument.MeterRegistry;

/** Imports a package that stands below its own, which imports it back; and a library that core does without. */
public class Upward {

    Twin below = new Twin();

    void count(MeterRegistry meters) {
        meters.counter("broken").increment();
    }
}
