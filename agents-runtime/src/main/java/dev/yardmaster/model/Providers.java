package dev.yardmaster.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The providers of a catalog and the environment they may read. Immutable. */
final class Providers {

    private final Map<String, ModelProvider> byName;
    private final Map<String, String> environment;

    Providers(Map<String, ModelProvider> byName, Map<String, String> environment) {
        this.byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
        this.environment = Map.copyOf(environment);
    }

    Set<String> names() {
        return byName.keySet();
    }

    Optional<ModelProvider> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** What the provider of this name needs and does not have; empty too when there is no such provider. */
    Optional<String> missing(String provider) {
        return find(provider).flatMap(each -> each.missing(environment));
    }

    /** @param provider one that is there */
    Model open(String provider, String model) {
        return byName.get(provider).open(model, environment);
    }

    /** Why a provider's models could not reply now; empty when nothing speaks against it, or another thing would be told. */
    Optional<String> absence(String provider) {
        try {
            return open(provider, "any").absence();
        } catch (ModelException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    /** The provider to use when nobody says which: the first that has all it needs and prefers a model. */
    Optional<Choice> choice() {
        return byName.values().stream()
                .flatMap(provider -> choice(provider).stream())
                .findFirst();
    }

    private Optional<Choice> choice(ModelProvider provider) {
        return provider.missing(environment).isPresent()
                ? Optional.empty()
                : provider.preferred(environment).map(model -> new Choice(provider.name() + ":" + model, provider));
    }

    /** @param model its full name */
    record Choice(String model, ModelProvider provider) {

        /** The full name of what an alias means at this provider. */
        Optional<String> alias(String alias) {
            return Optional.ofNullable(provider.aliases().get(alias)).map(model -> provider.name() + ":" + model);
        }
    }

    /** How each provider stands; asks local servers whether they are there. */
    List<ProviderStatus> status() {
        var all = new ArrayList<ProviderStatus>();
        byName.values()
                .forEach(provider -> all.add(new ProviderStatus(
                        provider.name(),
                        provider.missing(environment),
                        choice(provider).map(Choice::model))));
        return all;
    }
}
