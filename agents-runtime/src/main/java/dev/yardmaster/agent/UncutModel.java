package dev.yardmaster.agent;

import dev.yardmaster.context.ContextGauge;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelException.Kind;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A model whose server leaves out what does not fit its window and replies all the same, as Ollama does: here that is an
 * exception. What may not fit is not sent, and a reply to less than was sent does not count.
 *
 * @param sent the conversation that is sent
 */
record UncutModel(Model model, ContextGauge gauge, List<Message> sent) implements Model {

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public String endpoint() {
        return model.endpoint();
    }

    @Override
    public boolean scripted() {
        return model.scripted();
    }

    @Override
    public Optional<Window> window() {
        return model.window();
    }

    @Override
    public boolean takes(String mediaType) {
        return model.takes(mediaType);
    }

    @Override
    public ModelReply reply(ModelRequest request) {
        return reply(request, word -> {});
    }

    @Override
    public ModelReply reply(ModelRequest request, Consumer<String> words) {
        if (gauge.mayBeCut(sent)) {
            throw new ModelException(
                    Kind.CONTEXT_TOO_LONG,
                    "model '" + name() + "' was not asked: the conversation takes about " + gauge.tokens(sent)
                            + " tokens, and of more than fits its window of "
                            + gauge.room().window()
                            + " its server leaves out a part without saying so");
        }
        ModelReply reply = model.reply(request, words);
        if (gauge.wasCut(sent, reply.usage().inputTokens())) {
            throw new ModelException(
                    Kind.CONTEXT_TOO_LONG,
                    "model '" + name() + "' read " + reply.usage().inputTokens()
                            + " tokens of a conversation of about " + gauge.tokens(sent)
                            + ": its server left out a part without saying so");
        }
        return reply;
    }
}
