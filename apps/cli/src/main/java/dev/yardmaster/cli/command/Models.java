package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.Settings;
import dev.yardmaster.cli.settings.Sourced;
import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelCatalog;
import dev.yardmaster.model.NoModelException;

/** The models that are set up: the one place where settings become a catalogue of models. */
final class Models {

    private Models() {}

    /**
     * The catalogue: the providers on the class path, and what the settings name. A model given by flag or environment is
     * every agent's; one of a file is for agents that name none which is configured.
     *
     * @throws UsageException when a model that is named means nothing here, or misses something
     */
    static ModelCatalog of(Caller caller, Settings settings) {
        ModelCatalog.Builder all = builder(caller);
        settings.models().forEach((alias, name) -> alias(all, alias, name));
        ModelCatalog known = all.build();
        if (settings.model().isEmpty()) {
            return known;
        }
        Sourced<String> chosen = settings.model().get();
        Model model = model(known, chosen);
        if (chosen.isFromFile()) {
            return all.defaultModel(model).build();
        }
        return builder(caller).defaultModel(model).build();
    }

    /**
     * The models that are asked when an agent's own does not answer.
     *
     * @throws UsageException when one of them means nothing here, or misses something
     */
    static Model[] fallbacks(Caller caller, Settings settings) {
        if (settings.calls().fallbacks().isEmpty()) {
            return new Model[0];
        }
        ModelCatalog.Builder all = builder(caller);
        settings.models().forEach((alias, name) -> alias(all, alias, name));
        ModelCatalog known = all.build();
        return settings.calls().fallbacks().stream()
                .map(name -> model(known, name))
                .toArray(Model[]::new);
    }

    private static void alias(ModelCatalog.Builder all, String alias, Sourced<String> name) {
        try {
            all.alias(alias, name.value());
        } catch (IllegalArgumentException e) {
            throw new UsageException(name.source() + ": " + e.getMessage());
        }
    }

    private static ModelCatalog.Builder builder(Caller caller) {
        return ModelCatalog.builder().environment(caller.environment()).baseFolder(caller.folder());
    }

    private static Model model(ModelCatalog known, Sourced<String> name) {
        try {
            return known.get(name.value());
        } catch (NoModelException e) {
            String file = name.value().matches("[^:]+\\.ya?ml") ? "did you mean 'script:" + name.value() + "'? " : "";
            throw new UsageException(file + e.getMessage() + "\n(the model was named by " + name.source() + ")");
        }
    }
}
