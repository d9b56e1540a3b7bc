/** Agents inside an ordinary application: a class with a constructor and methods, and no framework. */
@NullMarked
package dev.yardmaster.examples.embedding;

import org.jspecify.annotations.NullMarked;
