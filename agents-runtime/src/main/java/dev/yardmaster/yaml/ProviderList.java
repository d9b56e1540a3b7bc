package dev.yardmaster.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yardmaster.event.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What is known of providers' models, as a YAML file that comes with a jar has it: {@code providers: {PROVIDER: {source: …, seen:
 * …, models: {MODEL: …}}}}. It is read when somebody first asks for a name that may be in it: most names of scripts and local
 * models never are. Immutable and thread-safe.
 *
 * @param <T> what is known of a model
 */
public final class ProviderList<T> {

    /** Whose models are in such lists. */
    private static final Set<String> PROVIDERS = Set.of("anthropic", "openai", "gemini");

    /**
     * What the list has of a model.
     *
     * @param source the page it is from
     * @param seen when it was there last
     */
    public record Listed<T>(T known, String source, LocalDate seen) {}

    private final Class<?> owner;
    private final String file;
    private final Class<T> type;
    private volatile @Nullable Map<String, Listed<T>> byName;

    private ProviderList(Class<?> owner, String file, Class<T> type) {
        this.owner = owner;
        this.file = file;
        this.type = type;
    }

    /** A list whose file lies beside a class. @param type what stands behind the name of a model there */
    public static <T> ProviderList<T> beside(Class<?> owner, String file, Class<T> type) {
        return new ProviderList<>(owner, file, type);
    }

    /** What is known of a model. @param model its full name, {@code anthropic:claude-…} */
    public Optional<Listed<T>> find(String model) {
        String provider = model.substring(0, Math.max(0, model.indexOf(':')));
        return PROVIDERS.contains(provider) ? Optional.ofNullable(all().get(model)) : Optional.empty();
    }

    /** The full names that are in it, in the order of the file. */
    public List<String> models() {
        return List.copyOf(all().keySet());
    }

    private Map<String, Listed<T>> all() {
        Map<String, Listed<T>> known = byName;
        if (known == null) {
            known = read(); // read twice by two at once, it says the same
            byName = known;
        }
        return known;
    }

    private Map<String, Listed<T>> read() {
        try (InputStream stream = owner.getResourceAsStream(file)) {
            Object yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(stream);
            var all = new LinkedHashMap<String, Listed<T>>();
            Json.of(yaml).as(JsonNode.class).path("providers").properties().forEach(provider -> {
                if (!PROVIDERS.contains(provider.getKey())) {
                    throw new IllegalStateException(file + " lists the provider '" + provider.getKey()
                            + "', whose names nobody looks up in it");
                }
                JsonNode list = provider.getValue();
                String source = list.path("source").asText();
                LocalDate seen = LocalDate.parse(list.path("seen").asText());
                list.path("models")
                        .properties()
                        .forEach(model -> all.put(
                                provider.getKey() + ":" + model.getKey(),
                                new Listed<>(Json.of(model.getValue()).as(type), source, seen)));
            });
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
