package dev.yardmaster.model;

import java.util.Map;

/**
 * Opens the models of one provider. Found on the class path by {@link java.util.ServiceLoader}; the part of a model's
 * name before the colon chooses it.
 */
public interface ModelProvider {

    /** What its models' names begin with, such as {@code anthropic}. */
    String name();

    /** The environment variable it takes its key from; empty when it needs none. */
    String keyVariable();

    /**
     * A model by the part of its name after the colon.
     *
     * @param environment the environment variables that may be used
     * @throws ModelException when something is missing, such as a key; says what
     */
    Model open(String model, Map<String, String> environment);
}
