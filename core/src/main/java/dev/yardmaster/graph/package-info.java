/**
 * Graphs of nodes and the state that flows along their edges. {@link dev.yardmaster.graph.Progress} holds the rules of
 * what runs when; it knows no threads, clocks or storage.
 */
@NullMarked
package dev.yardmaster.graph;

import org.jspecify.annotations.NullMarked;
