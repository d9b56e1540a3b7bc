/**
 * Agents at work: a definition bound to a model, tools and a policy takes turns until its task is done. Every model
 * reply, decision and tool call is a recorded step ({@link dev.yardmaster.agent.AgentStep} names them), so that an
 * agent goes on in the middle of a turn after a restart, and whoever watches reads the same record.
 */
@NullMarked
package dev.yardmaster.agent;

import org.jspecify.annotations.NullMarked;
