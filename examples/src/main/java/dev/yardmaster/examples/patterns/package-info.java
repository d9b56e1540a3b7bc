/** The ready-made shapes, each on agents with scripted replies. */
@NullMarked
package dev.yardmaster.examples.patterns;

import org.jspecify.annotations.NullMarked;
