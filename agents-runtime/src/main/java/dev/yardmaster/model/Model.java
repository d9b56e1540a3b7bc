package dev.yardmaster.model;

import java.util.Optional;
import java.util.function.Consumer;

/** A language model. Implementations are thread-safe; calls block. */
public interface Model {

    /**
     * A model that gives no reply: for what has to have one and never asks it, such as the graph of a replay. To be asked
     * all the same is an error that is not tried again.
     */
    static Model silent() {
        return new SilentModel();
    }

    /** Its full name, provider first: {@code anthropic:claude-…}, {@code script:demo.yaml}. */
    String name();

    /**
     * The server that it is at: what is asked of models with the same one counts together. By its name unless overridden:
     * the provider, and the address where the name has one.
     */
    default String endpoint() {
        String name = name();
        String provider = name.substring(0, Math.max(0, name.indexOf(':')));
        int address = name.lastIndexOf('@');
        return (provider.isEmpty() ? name : provider) + (address < 0 ? "" : name.substring(address));
    }

    /** Whether its replies come from a file and not from a model; shown wherever its output is. */
    default boolean scripted() {
        return false;
    }

    /** Whether it can reply as this agent: a script has replies for some only. */
    default boolean repliesAs(String agent) {
        return true;
    }

    /**
     * How much of a conversation a model can take at once.
     *
     * @param tokens of a request and its reply together, 1 or more
     * @param cutsSilently whether what does not fit is left out, and replied to all the same, instead of refused
     * @param source where that is known from, for people
     */
    record Window(long tokens, boolean cutsSilently, String source) {
        public Window {
            if (tokens < 1) {
                throw new IllegalArgumentException("a window holds 1 token or more: " + tokens);
            }
        }
    }

    /** How much it can take at once; empty when it does not know: what is listed for its name counts then. */
    default Optional<Window> window() {
        return Optional.empty();
    }

    /**
     * Whether it can be shown what a tool's result shows; where not, it is told in words what that is. Yes unless overridden:
     * one that refuses it is asked again without it. May block for a moment where a server has to be asked.
     *
     * @param mediaType such as {@code image/png}
     */
    default boolean takes(String mediaType) {
        return true;
    }

    /**
     * Why it could not reply now, as far as a glance tells: its server is to be on this machine and is not, or does not
     * have it; says what to do. Empty when nothing speaks against it, which nobody else is asked about. May block, for a
     * second or two.
     */
    default Optional<String> absence() {
        return Optional.empty();
    }

    /**
     * Asks for one reply. Does not retry: the runtime does, by the exception's kind.
     *
     * @throws ModelException when there is no reply; anything else that is thrown fails the agent as {@code model.failed}
     */
    ModelReply reply(ModelRequest request);

    /**
     * Asks for one reply and hands on its text while it comes. What was handed on counts for nothing until this returns:
     * when it throws, the reply did not happen, whatever had come of it. A model that cannot stream hands on nothing.
     *
     * @param words is called with the pieces in order, one at a time, on any thread, and never after this has returned or
     *     thrown; it must not throw
     * @throws ModelException when there is no reply, or not all of it
     */
    default ModelReply reply(ModelRequest request, Consumer<String> words) {
        return reply(request);
    }
}
