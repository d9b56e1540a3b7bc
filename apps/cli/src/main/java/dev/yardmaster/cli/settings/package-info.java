/** What flags, the environment and settings files say, one over the other, and where each thing was said. */
@NullMarked
package dev.yardmaster.cli.settings;

import org.jspecify.annotations.NullMarked;
