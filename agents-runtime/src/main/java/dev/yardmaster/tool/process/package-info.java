/** Commands as processes: kept in, watched over, and ended with all that they started. */
@NullMarked
package dev.yardmaster.tool.process;

import org.jspecify.annotations.NullMarked;
