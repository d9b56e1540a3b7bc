/** Yardmaster beside its peers: the same workloads, one run, ratios as a table. */
@NullMarked
package dev.yardmaster.benchmark;

import org.jspecify.annotations.NullMarked;
