/** The only package here in which null is off. */
@NullMarked
package dev.yardmaster.house.broken.graph;

import org.jspecify.annotations.NullMarked;
