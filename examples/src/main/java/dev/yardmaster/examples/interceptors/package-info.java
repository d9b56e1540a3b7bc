/** Two interceptors: one keeps secrets out of the journal, one answers from a cache. */
@NullMarked
package dev.yardmaster.examples.interceptors;

import org.jspecify.annotations.NullMarked;
