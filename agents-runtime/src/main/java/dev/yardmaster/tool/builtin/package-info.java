/**
 * The built-in tools, with the names, parameters and limits that agent files and recorded calls expect.
 */
@NullMarked
package dev.yardmaster.tool.builtin;

import org.jspecify.annotations.NullMarked;
