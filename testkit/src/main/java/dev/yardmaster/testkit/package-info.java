/**
 * What users test their own agents and graphs with: assertions on runs and on what agents did, read from the run's
 * journal; a workspace that goes away; contracts that every tool, router and reducer has to keep.
 */
@NullMarked
package dev.yardmaster.testkit;

import org.jspecify.annotations.NullMarked;
