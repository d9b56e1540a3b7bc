/**
 * Runs: the loop around {@link dev.yardmaster.graph.Progress} that puts ready nodes on virtual threads, records what
 * happens and tells whoever listens.
 */
@NullMarked
package dev.yardmaster.run;

import org.jspecify.annotations.NullMarked;
