package dev.yardmaster.cli.command;

import dev.yardmaster.cli.settings.Settings;
import dev.yardmaster.cli.settings.Sourced;
import dev.yardmaster.cli.settings.UsageException;
import dev.yardmaster.cli.terminal.Caller;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelCatalog;
import dev.yardmaster.model.NoModelException;
import java.util.Optional;

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
        ModelCatalog known = builder(caller).build();
        ModelCatalog.Builder builder = builder(caller);
        Optional<Sourced<String>> chosen = settings.model();
        boolean forAll = chosen.filter(each -> !each.source().contains(":")).isPresent();
        if (!forAll) {
            settings.models().forEach((alias, name) -> builder.model(alias, model(known, name)));
        }
        chosen.ifPresent(name -> builder.defaultModel(model(known, resolved(name, settings))));
        return builder.build();
    }

    /** An alias of the settings stands for its full name. */
    private static Sourced<String> resolved(Sourced<String> name, Settings settings) {
        return Optional.ofNullable(settings.models().get(name.value().toLowerCase(java.util.Locale.ROOT)))
                .orElse(name);
    }

    private static ModelCatalog.Builder builder(Caller caller) {
        return ModelCatalog.builder().environment(caller.environment()).baseFolder(caller.folder());
    }

    private static Model model(ModelCatalog known, Sourced<String> name) {
        try {
            return known.get(name.value());
        } catch (NoModelException e) {
            throw new UsageException(e.getMessage() + "\n(the model was named by " + name.source() + ")");
        }
    }
}
