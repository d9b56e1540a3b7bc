/** The program in the README: two agents, a loop, no key. */
@NullMarked
package dev.yardmaster.examples.firstprogram;

import org.jspecify.annotations.NullMarked;
