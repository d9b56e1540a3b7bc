package dev.yardmaster.model;

import dev.langchain4j.model.chat.ChatModel;
import dev.yardmaster.event.DidYouMean;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Models by name: {@code provider:model} for the providers on the class path, {@code script:FILE} for scripts, and
 * aliases such as {@code opus}. Thread-safe; a model is opened when it is first asked for.
 */
public final class ModelCatalog {

    private static final Set<String> FAMILY = Set.of("sonnet", "opus", "haiku", "fable", "inherit");

    private final Map<String, Model> aliases;
    private final Map<String, ModelProvider> providers;
    private final Map<String, String> environment;
    private final Path baseFolder;
    private final @Nullable Model defaultModel;
    private final Map<String, Model> opened = new ConcurrentHashMap<>();

    private ModelCatalog(Builder builder) {
        this.aliases = Map.copyOf(builder.aliases);
        this.providers = Collections.unmodifiableMap(new TreeMap<>(builder.providers));
        this.environment = builder.environment;
        this.baseFolder = builder.baseFolder;
        this.defaultModel = builder.defaultModel;
    }

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
     * The model for the {@code model} key of an agent file: the alias or full name where it is configured, else the
     * default model, with a note.
     *
     * @throws NoModelException when there is no default model
     */
    public Resolved resolve(Optional<String> wanted) {
        if (wanted.isPresent() && !wanted.get().equals("inherit")) {
            Optional<Model> configured = find(wanted.get());
            if (configured.isPresent()) {
                return new Resolved(configured.get(), Optional.empty());
            }
        }
        if (defaultModel == null) {
            throw new NoModelException("no model is configured"
                    + wanted.map(name -> " for '" + name + "'").orElse("") + ". " + ways());
        }
        return new Resolved(
                defaultModel,
                wanted.filter(name -> !name.equals("inherit"))
                        .map(name -> "'" + name + "' is not configured; " + defaultModel.name() + " is used"));
    }

    /** The model of this alias or full name; empty when the name means nothing here. */
    public Optional<Model> find(String name) {
        Model alias = aliases.get(name);
        if (alias != null) {
            return Optional.of(alias);
        }
        int colon = name.indexOf(':');
        String provider = colon < 0 ? "" : name.substring(0, colon);
        boolean known = provider.equals("script") || providers.containsKey(provider);
        return known ? Optional.of(opened.computeIfAbsent(name, this::open)) : Optional.empty();
    }

    /**
     * The model of this alias or full name.
     *
     * @throws NoModelException when the name means nothing here; lists what does
     */
    public Model get(String name) {
        return find(name)
                .orElseThrow(
                        () -> new NoModelException("there is no model '" + name + "'" + hint(name) + ". " + ways()));
    }

    private String hint(String name) {
        int colon = name.indexOf(':');
        if (colon < 0) {
            return FAMILY.contains(name) ? ": the alias is not configured" : ": a name is provider:model, or an alias";
        }
        var known = new TreeSet<>(providers.keySet());
        known.add("script");
        return ": no provider '" + name.substring(0, colon) + "' is installed"
                + DidYouMean.hint(name.substring(0, colon), known);
    }

    private Model open(String name) {
        String model = name.substring(name.indexOf(':') + 1);
        if (name.startsWith("script:")) {
            return ScriptedModel.read(baseFolder.resolve(model));
        }
        return providers.get(name.substring(0, name.indexOf(':'))).open(model, environment);
    }

    /** The ways to get a model, for people. */
    public String ways() {
        var ways =
                new StringBuilder("Ways to get one:\n  - script:FILE   replies from a file, offline (docs/scripts.md)");
        for (ModelProvider provider : providers.values()) {
            ways.append("\n  - ").append(provider.name()).append(":MODEL");
            if (!provider.keyVariable().isEmpty()) {
                ways.append("   needs ").append(provider.keyVariable());
                ways.append(environment.containsKey(provider.keyVariable()) ? " (set)" : " (not set)");
            }
        }
        if (providers.isEmpty()) {
            ways.append("\n  - in Java, any langchain4j ChatModel: AgentRuntime.builder().model(chatModel)");
            ways.append("\nNo provider of live models is on the class path.");
        }
        return ways.toString();
    }

    /** The names of the aliases and providers that are there. */
    public List<String> names() {
        var names = new TreeSet<>(aliases.keySet());
        providers.keySet().forEach(provider -> names.add(provider + ":"));
        names.add("script:");
        return List.copyOf(names);
    }

    /** Puts a catalog together. */
    public static final class Builder {

        private final Map<String, Model> aliases = new TreeMap<>();
        private final Map<String, ModelProvider> providers = new TreeMap<>();
        private Map<String, String> environment = Map.of();
        private Path baseFolder = Path.of("");
        private @Nullable Model defaultModel;

        private Builder() {
            ServiceLoader.load(ModelProvider.class).forEach(this::provider);
        }

        /** The model of agents that name none, or one that is not configured. */
        public Builder defaultModel(Model model) {
            defaultModel = model;
            return this;
        }

        /** Gives a model a name of its own: {@code opus}, {@code cheap}. */
        public Builder model(String alias, Model model) {
            aliases.put(alias, model);
            return this;
        }

        /** Gives a langchain4j model a name of its own. */
        public Builder model(String alias, ChatModel model) {
            return model(alias, new ChatModelAdapter(alias, model));
        }

        /** Adds a provider beside those on the class path. */
        public Builder provider(ModelProvider provider) {
            providers.put(provider.name(), provider);
            return this;
        }

        /** The environment variables that providers may read; none unless set. */
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
