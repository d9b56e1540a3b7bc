/** What a run did, for people and for programs: projections of its events. */
@NullMarked
package dev.yardmaster.cli.output;

import org.jspecify.annotations.NullMarked;
