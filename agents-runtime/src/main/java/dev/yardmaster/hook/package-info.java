/**
 * Hooks: commands of trusted settings, and code of an application, that are asked at certain points of an agent's work. What
 * they may say, and how several of them add up. Nothing here knows of agents or runs.
 */
@NullMarked
package dev.yardmaster.hook;

import org.jspecify.annotations.NullMarked;
