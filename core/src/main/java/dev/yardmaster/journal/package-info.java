/** Where runs are recorded: one append-only list of entries a run, written by one owner at a time. */
@NullMarked
package dev.yardmaster.journal;

import org.jspecify.annotations.NullMarked;
