package dev.yardmaster.agent;

import dev.yardmaster.context.Compaction;
import dev.yardmaster.context.Compactor;
import dev.yardmaster.context.ContextGauge;
import dev.yardmaster.context.Room;
import dev.yardmaster.context.Summaries;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Usage;
import dev.yardmaster.graph.NodeContext;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelException;
import dev.yardmaster.model.ModelException.Kind;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.model.ToolSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one assignment's conversation inside its model's window: makes it shorter before it is too long, and when it was
 * found to be. Whether it does follows from what was recorded alone: the room the agent began with, the messages, and what
 * the provider said of the tokens they take.
 */
final class WindowKeeper {

    private final Agent agent;
    private final AgentProfile profile;
    private final Message task;
    private final TranscriptSoFar transcript;
    private final HookPoints hooks;
    private final NodeContext context;
    private final @Nullable ContextGauge gauge;

    /** The last request did not fit. */
    private boolean overflowed;

    /** The request that is made now is the one after that. */
    private boolean again;

    /** @param task the message that says what is to be done, which is in the transcript */
    WindowKeeper(
            Agent agent,
            AgentProfile profile,
            List<ToolSchema> schemas,
            TranscriptSoFar transcript,
            Message task,
            HookPoints hooks,
            NodeContext context) {
        this.agent = agent;
        this.profile = profile;
        this.task = task;
        this.hooks = hooks;
        this.transcript = transcript;
        this.context = context;
        Optional<Room> room = profile.room();
        this.gauge = room.isPresent() ? new ContextGauge(room.get(), schemas) : null;
    }

    /** Has a model write something down. */
    @FunctionalInterface
    interface Writer {
        /** @param step under which that is recorded */
        ModelReply write(String step, ModelRequest request) throws Exception;
    }

    /** Makes the transcript shorter before a turn when it has to be. @return whether it did */
    boolean makeRoom(int turn, Writer writer) throws Exception {
        again = overflowed;
        overflowed = false;
        if (gauge == null || !again && !gauge.isFull(transcript.messages())) {
            return false;
        }
        var compactor = compactor(gauge, again ? Compaction.Why.OVERFLOW : Compaction.Why.NEARLY_FULL);
        if (!compactor.isWorthIt() || !hooks.mayCompact(turn, again)) {
            return false;
        }
        List<Message> part = compactor.toSummarize();
        String written = part.isEmpty() || profile.scripted() ? "" : written(turn, compactor, part, writer);
        Compaction done = context.step(
                AgentStep.compaction(turn),
                Compaction.class,
                transcript.position(agent.name(), List.of()),
                Effect.READ_ONLY,
                () -> compactor.compact(Summaries.text(part, written)));
        transcript.replace(done.of(transcript.messages()));
        gauge.restart();
        hooks.compacted(turn, written);
        return true;
    }

    private Compactor compactor(ContextGauge gauge, Compaction.Why why) {
        return new Compactor(gauge, List.copyOf(transcript.messages()), task, why);
    }

    private String written(int turn, Compactor compactor, List<Message> part, Writer writer) throws Exception {
        ModelRequest request =
                Summaries.request(agent.name(), part, compactor.longestDigest(), compactor.longestSummary());
        return writer.write(AgentStep.summary(turn), request).message().text();
    }

    /** What cannot be had by asking again is done without. */
    static ModelReply orNothing(Callable<ModelReply> asked) throws Exception {
        try {
            return asked.call();
        } catch (ModelException e) {
            if (e.reason() == Kind.CONTEXT_TOO_LONG || e.reason() == Kind.CONTENT_FILTERED) {
                return new ModelReply(Message.Assistant.of(""), Usage.none(), ModelReply.Finish.OTHER);
            }
            throw e;
        }
    }

    /** Models as they are asked: where one leaves out what does not fit, that is found out. */
    List<Model> attentive(List<Model> chain) {
        List<Model> asked = chain;
        for (int i = 0; gauge != null && i < chain.size(); i++) {
            if (cuts(chain.get(i))) {
                asked = asked == chain ? new ArrayList<>(chain) : asked;
                asked.set(i, new UncutModel(chain.get(i), gauge, transcript.messages()));
            }
        }
        return asked;
    }

    private static boolean cuts(Model model) {
        return model.window().map(Model.Window::cutsSilently).orElse(false);
    }

    /**
     * The reply, or in its place that the request did not fit, so that it is made again in the next turn.
     *
     * @throws ModelException when it does not fit and cannot be made to; says what to do
     */
    ModelReply orFull(Callable<ModelReply> asked) throws Exception {
        try {
            return asked.call();
        } catch (ModelException e) {
            if (e.reason() != Kind.CONTEXT_TOO_LONG) {
                throw e;
            }
            if (gauge != null
                    && !again
                    && compactor(gauge, Compaction.Why.OVERFLOW).isWorthIt()) {
                return ModelReply.contextFull(e.getMessage());
            }
            throw new ModelException(Kind.CONTEXT_TOO_LONG, tooLong(e), e);
        }
    }

    private String tooLong(ModelException e) {
        String size = gauge == null
                ? ""
                : ", which takes about " + gauge.tokens(transcript.messages()) + " tokens"
                        + (again ? " although its older part was taken out," : "") + " of a window of "
                        + gauge.room().window();
        return "agent '" + agent.name() + "' cannot go on: its conversation" + size + ", does not fit model '"
                + agent.model().name() + "'; use a model with a larger window, or give it a smaller task. "
                + e.getMessage();
    }

    /** Takes note of a reply before it is added to the transcript, recorded or new. @return whether it is one */
    boolean isReply(ModelReply reply) {
        overflowed = reply.finish() == ModelReply.Finish.CONTEXT_FULL;
        if (gauge != null) {
            List<Message> sent = transcript.messages();
            if (overflowed) {
                gauge.refused(sent);
            } else if (!profile.scripted()) {
                gauge.said(sent, sent.size(), reply.usage().inputTokens());
            }
        }
        return !overflowed;
    }
}
