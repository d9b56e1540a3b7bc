/** Pictures of graphs and of runs: Mermaid for people, JSON for programs. */
@NullMarked
package dev.yardmaster.diagram;

import org.jspecify.annotations.NullMarked;
