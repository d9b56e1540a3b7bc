package dev.yardmaster.model;

import dev.yardmaster.event.Json;
import dev.yardmaster.event.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What models cost, by their full names. Only names that are written down have a price: another version, another endpoint
 * or a later date may cost something else, so they have none. Immutable.
 */
public final class Prices {

    private static final Prices BUNDLED = new Prices(Map.of());

    private final Map<String, Price> own;

    private Prices(Map<String, Price> own) {
        this.own = Collections.unmodifiableMap(own);
    }

    /** Whether it is the name of one whose models are in the lists. */
    static boolean isListed(String model) {
        return model.startsWith("anthropic:") || model.startsWith("openai:") || model.startsWith("gemini:");
    }

    /** Read when somebody first asks for a name that may be in it. */
    private static final class Lists {
        static final Map<String, Listed> BY_NAME = Collections.unmodifiableMap(read());
    }

    /** The file's top level: price lists by provider. */
    private record Book(int version, Map<String, PriceList> providers) {}

    private record PriceList(String source, LocalDate seen, Map<String, List<Row>> models) {}

    /** A tier, while it is valid. */
    private record Row(
            BigDecimal input,
            BigDecimal output,
            Optional<BigDecimal> cacheRead,
            Optional<BigDecimal> cacheWrite,
            Optional<Long> upTo,
            @Nullable LocalDate from,
            @Nullable LocalDate until) {

        private boolean validOn(LocalDate date) {
            return (from == null || !date.isBefore(from)) && (until == null || !date.isAfter(until));
        }

        private Price.Tier tier() {
            return new Price.Tier(upTo, input, output, cacheRead, cacheWrite);
        }
    }

    private record Listed(PriceList list, List<Row> rows) {}

    /** The lists that come with this jar ({@code prices.yaml}). */
    public static Prices bundled() {
        return BUNDLED;
    }

    /**
     * The price of a model.
     *
     * @param model its full name, such as {@code anthropic:claude-…}
     * @param on the day it is used
     */
    public Optional<Price> find(String model, LocalDate on) {
        Listed listed = isListed(model) ? Lists.BY_NAME.get(model) : null;
        if (listed == null || own.containsKey(model)) {
            return Optional.ofNullable(own.get(model));
        }
        List<Price.Tier> tiers = listed.rows().stream()
                .filter(row -> row.validOn(on))
                .map(Row::tier)
                .toList();
        return tiers.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Price(tiers, listed.list().source(), listed.list().seen()));
    }

    /**
     * What a reply costs, in US dollars; nothing when the model runs locally, on Ollama. Empty when its price is not known.
     *
     * @param model its full name
     * @param on the day it is used
     */
    public Optional<BigDecimal> cost(String model, Usage reply, LocalDate on) {
        return model.startsWith("ollama:") ? Optional.of(BigDecimal.ZERO) : priced(find(model, on), reply);
    }

    private static Optional<BigDecimal> priced(Optional<Price> price, Usage reply) {
        return price.isPresent() ? price.get().of(reply) : Optional.empty();
    }

    /** These with the price of a model, which replaces the one it has: for one's own contracts, and addresses. */
    public Prices with(String model, Price price) {
        var more = new LinkedHashMap<>(own);
        more.put(model, price);
        return new Prices(more);
    }

    /** The full names that have a price on some day, in the order of the file. */
    public List<String> models() {
        return List.copyOf(Lists.BY_NAME.keySet());
    }

    private static Map<String, Listed> read() {
        try (InputStream file = Prices.class.getResourceAsStream("prices.yaml")) {
            Object yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
            Book book = Json.of(yaml).as(Book.class);
            var all = new LinkedHashMap<String, Listed>();
            book.providers()
                    .forEach((provider, list) -> list.models()
                            .forEach((model, rows) ->
                                    all.put(provider + ":" + model, new Listed(list, List.copyOf(rows)))));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
