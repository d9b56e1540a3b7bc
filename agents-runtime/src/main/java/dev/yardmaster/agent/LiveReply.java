package dev.yardmaster.agent;

import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;

/**
 * One reply as listeners hear it: its words while they come, and a reset when an attempt broke off after words were
 * heard. Always asks for a stream, heard or not: silence can be told from work only there.
 */
final class LiveReply {

    private final NodeContext context;
    private final String step;
    private final boolean heard;
    private volatile boolean started;

    /** @param heard whether listeners get the words */
    LiveReply(NodeContext context, String step, boolean heard) {
        this.context = context;
        this.step = step;
        this.heard = heard;
    }

    /** One attempt. */
    ModelReply of(Model model, ModelRequest request) {
        started = false;
        try {
            return model.reply(request, this::word);
        } catch (RuntimeException e) {
            if (started) {
                String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
                context.publish(new ReplyReset(context.path(), step, why));
            }
            throw e;
        }
    }

    private void word(String text) {
        if (heard && !text.isEmpty()) {
            started = true;
            context.publish(new ReplyText(context.path(), step, text));
        }
    }
}
