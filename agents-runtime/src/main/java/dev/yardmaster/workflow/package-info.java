/** Workflows as YAML files: the same graphs as the Java builder makes, checked with line numbers. */
@NullMarked
package dev.yardmaster.workflow;

import org.jspecify.annotations.NullMarked;
