/** A goal for several specialists: planned, routed, done side by side where that can be, summed up. */
@NullMarked
package dev.yardmaster.examples.planned;

import org.jspecify.annotations.NullMarked;
