package dev.yardmaster.cli.command;

import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import java.time.Duration;

/** A script that takes its time, as a live model does: to watch it, and to have time to stop or kill it. */
record PacedModel(Model script, Duration pace) implements Model {

    @Override
    public String name() {
        return script.name();
    }

    @Override
    public boolean scripted() {
        return script.scripted();
    }

    @Override
    public boolean repliesAs(String agent) {
        return script.repliesAs(agent);
    }

    @Override
    public ModelReply reply(ModelRequest request) {
        try {
            Thread.sleep(pace);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelException(
                    ModelException.Kind.TRANSIENT, "the wait before a reply of '" + name() + "' was interrupted", e);
        }
        return script.reply(request);
    }
}
