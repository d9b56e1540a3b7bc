/** The commands, one class each. */
@NullMarked
package dev.yardmaster.cli.command;

import org.jspecify.annotations.NullMarked;
