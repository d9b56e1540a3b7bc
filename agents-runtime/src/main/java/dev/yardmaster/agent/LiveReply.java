package dev.yardmaster.agent;

import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import java.util.Objects;
import org.slf4j.LoggerFactory;

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

    /** One attempt. @throws ModelException when there is no reply, whatever the model threw */
    ModelReply of(Model model, ModelRequest request) {
        started = false;
        try {
            return Objects.requireNonNull(model.reply(request, this::word), "it returned null instead of a reply");
        } catch (YardmasterException e) {
            broken(e);
            throw e;
        } catch (RuntimeException e) {
            ModelException failure = ModelException.thrownBy(model, request.agent(), e);
            broken(failure);
            if (failure.reason() == ModelException.Kind.FAILED) { // its trace is recorded nowhere
                LoggerFactory.getLogger(LiveReply.class)
                        .warn(
                                "run '{}', {}: {}",
                                context.run(),
                                context.path(),
                                failure.getMessage(),
                                failure.getCause());
            }
            throw failure;
        }
    }

    private void broken(YardmasterException why) {
        if (started) {
            String text = why.getMessage() == null ? why.kind() : why.getMessage();
            context.publish(new ReplyReset(context.path(), step, text));
        }
    }

    private void word(String text) {
        if (heard && !text.isEmpty()) {
            started = true;
            context.publish(new ReplyText(context.path(), step, text));
        }
    }
}
