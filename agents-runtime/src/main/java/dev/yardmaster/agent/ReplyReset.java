package dev.yardmaster.agent;

import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;

/**
 * A reply broke off: the {@link ReplyText} of this step so far counts for nothing. The reply comes again from its
 * beginning, or the step fails.
 *
 * @param step the name of the reply's step
 * @param why in one sentence, for people
 */
public record ReplyReset(NodePath at, String step, String why) implements RunEvent.Live {}
