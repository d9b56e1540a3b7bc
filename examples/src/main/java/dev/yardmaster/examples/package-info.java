@NullMarked
package dev.yardmaster.examples;

import org.jspecify.annotations.NullMarked;
