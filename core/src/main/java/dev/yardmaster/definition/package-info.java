/**
 * Agent files: what they say, and reading them as they are. A leaf: it imports nothing of ours.
 */
@NullMarked
package dev.yardmaster.definition;

import org.jspecify.annotations.NullMarked;
