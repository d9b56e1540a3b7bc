/** The yardmaster command: where it starts. */
@NullMarked
package dev.yardmaster.cli;

import org.jspecify.annotations.NullMarked;
