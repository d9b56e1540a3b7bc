/** The terminal: who calls, colours, widths, lines that are safe to show, a person's answers. */
@NullMarked
package dev.yardmaster.cli.terminal;

import org.jspecify.annotations.NullMarked;
