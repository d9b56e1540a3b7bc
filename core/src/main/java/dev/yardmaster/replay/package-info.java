/** A recorded run, run again to see whether it would still go the same way. */
@NullMarked
package dev.yardmaster.replay;

import org.jspecify.annotations.NullMarked;
