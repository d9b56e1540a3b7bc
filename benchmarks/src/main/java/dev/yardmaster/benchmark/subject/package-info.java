/** The workloads, written for each library the way its documentation writes them. */
@NullMarked
package dev.yardmaster.benchmark.subject;

import org.jspecify.annotations.NullMarked;
