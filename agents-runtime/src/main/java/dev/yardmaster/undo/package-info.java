/** What files were before a run changed them, and how they become that again. */
@NullMarked
package dev.yardmaster.undo;

import org.jspecify.annotations.NullMarked;
