/** Examples: one package an idea, each runnable and each a test. */
@NullMarked
package dev.yardmaster.examples;

import org.jspecify.annotations.NullMarked;
