/** What runs do, for Micrometer: meters and observations, made of the events that listeners are told. */
@NullMarked
package dev.yardmaster.metrics;

import org.jspecify.annotations.NullMarked;
