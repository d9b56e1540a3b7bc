package dev.yardmaster.agent;

import dev.yardmaster.event.NodePath;
import dev.yardmaster.event.RunEvent;

/**
 * A piece of a reply's text, while it comes. Pieces of one step follow each other; together they are the text of the
 * recorded reply, unless a {@link ReplyReset} takes them back. None are published for a model that cannot stream, and
 * none where interceptors may still change the reply.
 *
 * @param step the name of the reply's step
 */
public record ReplyText(NodePath at, String step, String text) implements RunEvent.Live {}
