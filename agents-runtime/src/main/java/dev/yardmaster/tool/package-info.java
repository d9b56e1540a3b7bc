/**
 * What a model may call: the shape of a tool, its calls and results, and sets of tools.
 */
@NullMarked
package dev.yardmaster.tool;

import org.jspecify.annotations.NullMarked;
