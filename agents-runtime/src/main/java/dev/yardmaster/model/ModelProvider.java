package dev.yardmaster.model;

import java.util.Map;
import java.util.Optional;

/**
 * Opens the models of one provider. Found on the class path by {@link java.util.ServiceLoader}; the part of a model's
 * name before the colon chooses it. Implementations are thread-safe, and read no environment but the one they are given.
 */
public interface ModelProvider {

    /** What its models' names begin with, such as {@code anthropic}; never {@code script}. */
    String name();

    /**
     * What has to be there before {@link #open} works, such as {@code the environment variable ANTHROPIC_API_KEY}; empty
     * when nothing is missing. Looks at the environment only: it does not block and calls nobody.
     */
    Optional<String> missing(Map<String, String> environment);

    /**
     * A model by the part of its name after the colon. Calls nobody: whether the provider knows the model shows at its
     * first reply.
     *
     * @param environment the environment variables that may be used
     * @throws ModelException when it cannot be opened; says why, and never shows a key
     */
    Model open(String model, Map<String, String> environment);

    /**
     * The model to use when nobody names one, without the provider's name. Empty when something is missing, when there is
     * no obvious one, or when nobody answers: a local server may be asked what it has, for a second at most. None unless
     * overridden.
     */
    default Optional<String> preferred(Map<String, String> environment) {
        return Optional.empty();
    }

    /** What the aliases of agent files, such as {@code opus}, mean here: models without the provider's name. */
    default Map<String, String> aliases() {
        return Map.of();
    }
}
