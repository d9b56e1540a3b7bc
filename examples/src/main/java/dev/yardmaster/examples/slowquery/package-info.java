/** A specialist finds out why a database query takes seconds, and mends it: the demo's workspace and script. */
@NullMarked
package dev.yardmaster.examples.slowquery;

import org.jspecify.annotations.NullMarked;
