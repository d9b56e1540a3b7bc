package dev.yardmaster.model;

/** A language model. Implementations are thread-safe; calls block. */
public interface Model {

    /** Its full name, provider first: {@code anthropic:claude-…}, {@code script:demo.yaml}. */
    String name();

    /** Whether its replies come from a file and not from a model; shown wherever its output is. */
    default boolean scripted() {
        return false;
    }

    /**
     * Asks for one reply. Does not retry: the runtime does, by the exception's class.
     *
     * @throws ModelException when there is no reply
     */
    ModelReply reply(ModelRequest request);
}
