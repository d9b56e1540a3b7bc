package dev.yardmaster.model;

import java.util.Optional;

/**
 * How a provider stands here.
 *
 * @param provider its name
 * @param missing what it needs and does not have, such as {@code the environment variable ANTHROPIC_API_KEY}; empty when
 *     nothing is missing
 * @param preferred the full name of the model it would use when nobody names one; empty when something is missing, or no
 *     local server answers
 */
public record ProviderStatus(String provider, Optional<String> missing, Optional<String> preferred) {}
