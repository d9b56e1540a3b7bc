/** Fan-out over files: a specialist reviews each file of a folder, a few at once, and the results come in order. */
@NullMarked
package dev.yardmaster.examples.fanout;

import org.jspecify.annotations.NullMarked;
