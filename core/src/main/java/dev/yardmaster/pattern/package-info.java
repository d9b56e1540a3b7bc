/** Ready-made shapes: functions that return graphs, to be run as they are or to be nodes of larger ones. */
@NullMarked
package dev.yardmaster.pattern;

import org.jspecify.annotations.NullMarked;
