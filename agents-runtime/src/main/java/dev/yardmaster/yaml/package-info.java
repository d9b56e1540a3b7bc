/** YAML files that people write, read so that every problem has its line. */
@NullMarked
package dev.yardmaster.yaml;

import org.jspecify.annotations.NullMarked;
