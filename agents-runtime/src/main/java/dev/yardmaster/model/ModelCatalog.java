package dev.yardmaster.model;

import dev.langchain4j.model.chat.ChatModel;
import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.YardmasterException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Models by name: {@code provider:model} for the providers on the class path, {@code script:FILE} for scripts, and
 * aliases such as {@code opus}, written in any case. Thread-safe; a model is opened when it is first asked for, and only
 * once.
 */
public final class ModelCatalog {

    private static final String SCRIPT = "script";
    private static final String INHERIT = "inherit";

    /** The families of the models that agent files usually name; full ids such as {@code claude-opus-…} hold them. */
    private static final List<String> FAMILIES = List.of("sonnet", "opus", "haiku", "fable");

    private final Map<String, Model> aliases;
    private final Map<String, String> settings;
    private final Providers providers;
    private final Path baseFolder;
    private final @Nullable Model defaultModel;
    private final boolean chooses;
    private final Map<String, Model> opened = new ConcurrentHashMap<>();
    private volatile @Nullable Optional<Providers.Choice> choice;

    private ModelCatalog(Builder builder) {
        this.aliases = Collections.unmodifiableMap(new TreeMap<>(builder.aliases));
        this.settings = Collections.unmodifiableMap(new TreeMap<>(builder.settings));
        this.providers = new Providers(builder.providers, builder.environment == null ? Map.of() : builder.environment);
        this.baseFolder = builder.baseFolder;
        this.defaultModel = builder.defaultModel;
        this.chooses = builder.defaultModel == null && builder.environment != null;
    }

    /** @throws YardmasterException when a provider on the class path cannot be loaded */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The model an agent gets.
     *
     * @param model what was found
     * @param note why it is another one than was asked for; empty when it is not
     */
    public record Resolved(Model model, Optional<String> note) {}

    /**
     * The model for the {@code model} key of an agent file: the alias or full name where it is configured here; for a full
     * id such as {@code claude-opus-…} the alias of its family; else the default model. A note tells of the last two.
     *
     * @throws NoModelException when there is no default model either; lists the ways to get one
     * @throws InvalidScriptException when it names a script that cannot be used
     */
    public Resolved resolve(Optional<String> wanted) {
        Optional<String> asked =
                wanted.map(String::strip).filter(name -> !key(name).equals(INHERIT));
        Optional<Model> configured =
                asked.filter(name -> obstacle(name).isEmpty()).flatMap(this::find);
        if (configured.isPresent()) {
            return new Resolved(configured.get(), Optional.empty());
        }
        Optional<Model> substitute = asked.flatMap(this::family).or(this::defaultModel);
        return substitute
                .map(model -> new Resolved(model, asked.map(name -> note(name, model))))
                .orElseThrow(() -> new NoModelException("no model is configured"
                        + asked.map(name -> " for '" + name + "'").orElse("") + ". " + ways()));
    }

    /**
     * The model of agents that name none: the one that was set; else, where an environment was given, what the first
     * provider prefers that has all it needs; a local server counts when it answers. Asks at most once.
     */
    public Optional<Model> defaultModel() {
        return defaultModel != null ? Optional.of(defaultModel) : choice().map(chosen -> get(chosen.model()));
    }

    private Optional<Providers.Choice> choice() {
        Optional<Providers.Choice> known = choice;
        if (known == null) {
            known = chooses ? providers.choice() : Optional.empty();
            choice = known;
        }
        return known;
    }

    private String note(String asked, Model model) {
        if (defaultModel != null && obstacle(asked).isEmpty()) {
            return "the agent asks for '" + asked + "'; it works on " + model.name() + ", the model that was set";
        }
        return "model '" + asked + "' " + obstacle(asked).orElse("is not configured here") + "; " + model.name()
                + " is used instead";
    }

    private Optional<Model> family(String fullId) {
        return FAMILIES.stream()
                .filter(family -> !fullId.contains(":") && key(fullId).contains(family))
                .flatMap(family -> alias(family).stream())
                .findFirst();
    }

    /** A model of its own, else the setting of this name, else what the provider that was chosen means by it. */
    private Optional<Model> alias(String name) {
        Model own = aliases.get(key(name));
        if (own != null) {
            return Optional.of(own);
        }
        Optional<String> fullName = Optional.ofNullable(settings.get(key(name)));
        if (fullName.isEmpty() && FAMILIES.contains(key(name))) {
            fullName = choice().flatMap(chosen -> chosen.alias(key(name)));
        }
        return fullName.map(this::get);
    }

    /**
     * The model of this alias or full name; empty when the name means nothing here.
     *
     * @throws NoModelException when its provider misses something, such as a key; says what
     * @throws InvalidScriptException when it is a script that cannot be used
     */
    public Optional<Model> find(String name) {
        Optional<Model> alias = name.contains(":") ? Optional.empty() : alias(name);
        if (alias.isPresent()) {
            return alias;
        }
        String prefix = prefix(name);
        if (!prefix.equals(SCRIPT) && providers.find(prefix).isEmpty()) {
            return Optional.empty();
        }
        if (name.substring(prefix.length() + 1).isBlank()) {
            throw new NoModelException("the model's name '" + name + "' ends at the colon; write "
                    + (prefix.equals(SCRIPT) ? "script:FILE" : prefix + ":MODEL"));
        }
        obstacle(name).ifPresent(obstacle -> {
            throw new NoModelException("model '" + name + "' " + obstacle + ". " + ways());
        });
        return Optional.of(opened.computeIfAbsent(name, this::open));
    }

    /**
     * The model of this alias or full name.
     *
     * @throws NoModelException when the name means nothing here, or its provider misses something; lists the ways
     * @throws InvalidScriptException when it is a script that cannot be used
     */
    public Model get(String name) {
        return find(name).orElseThrow(() -> {
            String why = why(name);
            return new NoModelException(
                    "there is no model '" + name + "': " + why + (why.endsWith("?") ? " " : ". ") + ways());
        });
    }

    private String why(String name) {
        String prefix = prefix(name);
        if (prefix.isEmpty()) {
            String slashed = name.replaceFirst("/", ":");
            if (providers.find(prefix(slashed)).isPresent()) {
                return "a name is provider:model; did you mean '" + slashed + "'?";
            }
            return FAMILIES.contains(key(name)) || key(name).equals(INHERIT)
                    ? "no model is configured under this alias"
                    : "a name is provider:model, script:FILE, or an alias that is configured here"
                            + DidYouMean.hint(name, ownNames());
        }
        var known = new TreeSet<>(providers.names());
        known.add(SCRIPT);
        return "no provider '" + prefix + "' is on the class path (there are: " + String.join(", ", known) + ")"
                + DidYouMean.hint(prefix, known);
    }

    /** What keeps the provider of this full name from opening it. */
    private Optional<String> obstacle(String name) {
        return providers.missing(prefix(name)).map(missing -> "needs " + missing);
    }

    private Model open(String name) {
        String prefix = prefix(name);
        String model = name.substring(prefix.length() + 1).strip();
        return prefix.equals(SCRIPT)
                ? ScriptedModel.read(baseFolder.resolve(model), model)
                : providers.open(prefix, model);
    }

    /** The part before the first colon; empty when there is none. */
    private static String prefix(String name) {
        return name.substring(0, Math.max(0, name.indexOf(':')));
    }

    private static String key(String alias) {
        return alias.strip().toLowerCase(Locale.ROOT);
    }

    /** The ways to get a model, for people: several lines. */
    public String ways() {
        var ways = new StringBuilder("Ways to get one:\n  - script:FILE — replies from a file, works offline");
        aliases.forEach((alias, model) ->
                ways.append("\n  - ").append(alias).append(" — ").append(model.name()));
        settings.forEach((alias, model) ->
                ways.append("\n  - ").append(alias).append(" — ").append(model));
        status().forEach(provider -> ways.append("\n  - ")
                .append(provider.provider())
                .append(":MODEL — ")
                .append(readiness(provider)));
        if (providers.names().isEmpty()) {
            ways.append("\n  - PROVIDER:MODEL — put a jar with a ModelProvider on the class path; there is none now");
        }
        return ways.append(
                        "\n  - in Java: any langchain4j ChatModel, ModelCatalog.builder().model(\"opus\", chatModel)")
                .toString();
    }

    private String readiness(ProviderStatus provider) {
        if (provider.missing().isPresent()) {
            return "needs " + provider.missing().get();
        }
        return provider.preferred().isPresent()
                ? "ready"
                : providers.absence(provider.provider()).orElse("ready; name one of its models");
    }

    /** The aliases, and what full names begin with, such as {@code script:}. */
    public List<String> names() {
        var names = ownNames();
        providers.names().forEach(provider -> names.add(provider + ":"));
        names.add(SCRIPT + ":");
        return List.copyOf(names);
    }

    private Set<String> ownNames() {
        var names = new TreeSet<>(aliases.keySet());
        names.addAll(settings.keySet());
        return names;
    }

    /** How each provider stands: what it misses, and which model it would use. Asks local servers whether they are there. */
    public List<ProviderStatus> status() {
        return providers.status();
    }

    /** Puts a catalog together. Not thread-safe. */
    public static final class Builder {

        private final Map<String, Model> aliases = new TreeMap<>();
        private final Map<String, String> settings = new TreeMap<>();
        private final Map<String, ModelProvider> providers = new LinkedHashMap<>();
        private @Nullable Map<String, String> environment;
        private Path baseFolder = Path.of("");
        private @Nullable Model defaultModel;

        private Builder() {
            try {
                ServiceLoader.load(ModelProvider.class).forEach(this::provider);
            } catch (ServiceConfigurationError e) {
                throw new YardmasterException(
                        "a model provider on the class path cannot be loaded: " + e.getMessage()
                                + "; update its jar or take it off the class path",
                        e);
            }
        }

        /** The model of agents that name none, or one that is not configured here. */
        public Builder defaultModel(Model model) {
            defaultModel = model;
            return this;
        }

        /**
         * Gives a model a name of its own: {@code opus}, {@code cheap}.
         *
         * @throws IllegalArgumentException when the name is blank, has a colon, or is {@code inherit}
         */
        public Builder model(String alias, Model model) {
            aliases.put(checked(alias), model);
            return this;
        }

        /**
         * Says what an alias means: {@code alias("sonnet", "anthropic:claude-…")}. The model is opened when it is first
         * asked for.
         *
         * @param fullName a provider and a model, or {@code script:FILE}
         * @throws IllegalArgumentException when the alias is none, or the name has no colon
         */
        public Builder alias(String alias, String fullName) {
            if (!fullName.contains(":")) {
                throw new IllegalArgumentException("alias '" + alias + "' means '" + fullName
                        + "', which is no full name; write provider:model or script:FILE");
            }
            settings.put(checked(alias), fullName.strip());
            return this;
        }

        private static String checked(String alias) {
            if (alias.isBlank() || alias.contains(":") || key(alias).equals(INHERIT)) {
                throw new IllegalArgumentException(
                        "'" + alias + "' cannot be an alias; use a word without a colon, not 'inherit'");
            }
            return key(alias);
        }

        /** Gives a langchain4j model a name of its own. */
        public Builder model(String alias, ChatModel model) {
            return model(alias, ChatModelAdapter.of(model));
        }

        /** Adds a provider; takes the place of one of the same name from the class path. */
        public Builder provider(ModelProvider provider) {
            if (provider.name().isBlank()
                    || provider.name().contains(":")
                    || provider.name().equals(SCRIPT)) {
                throw new IllegalArgumentException("'" + provider.name() + "' cannot be the name of a provider ("
                        + provider.getClass().getName() + "); use a word without a colon, not 'script'");
            }
            providers.put(provider.name(), provider);
            return this;
        }

        /**
         * The environment variables that providers may read; none unless set. Where no default model is set either, the
         * default is chosen by them.
         */
        public Builder environment(Map<String, String> variables) {
            environment = Map.copyOf(variables);
            return this;
        }

        /** Where relative paths of scripts start; the working folder unless set. */
        public Builder baseFolder(Path folder) {
            baseFolder = folder;
            return this;
        }

        public ModelCatalog build() {
            return new ModelCatalog(this);
        }
    }
}
