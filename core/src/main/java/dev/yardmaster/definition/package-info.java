/**
 * Agent files: what they say, and reading them as they are. Imports the root exception and the name guesser of {@code
 * event}, nothing else of ours.
 */
@NullMarked
package dev.yardmaster.definition;

import org.jspecify.annotations.NullMarked;
