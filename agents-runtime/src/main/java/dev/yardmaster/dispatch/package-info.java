/** From a task to the specialist that gets it, and through its work. */
@NullMarked
package dev.yardmaster.dispatch;

import org.jspecify.annotations.NullMarked;
