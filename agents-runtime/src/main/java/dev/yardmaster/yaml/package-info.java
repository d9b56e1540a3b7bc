/** YAML files that people write, read so that every problem has its line; and lists that come with the jar. */
@NullMarked
package dev.yardmaster.yaml;

import org.jspecify.annotations.NullMarked;
