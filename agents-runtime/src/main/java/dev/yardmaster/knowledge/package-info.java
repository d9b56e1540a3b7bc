/**
 * What agents are handed besides their task: instructions of people and projects ({@code CLAUDE.md}, {@code AGENTS.md}), skills
 * ({@code SKILL.md}), and what they remember themselves. All of it is text for a model; none of it decides what may run.
 */
@NullMarked
package dev.yardmaster.knowledge;

import org.jspecify.annotations.NullMarked;
