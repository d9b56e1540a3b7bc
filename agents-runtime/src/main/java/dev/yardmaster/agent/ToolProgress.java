package dev.yardmaster.agent;

import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;

/**
 * A line that a running tool wants shown.
 *
 * @param step the name of the call's step
 */
public record ToolProgress(NodePath at, String step, String line) implements RunEvent.Live {}
