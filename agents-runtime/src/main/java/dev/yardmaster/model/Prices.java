package dev.yardmaster.model;

import dev.yardmaster.event.Usage;
import dev.yardmaster.yaml.ProviderList;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What models cost, by their full names. Only names that are written down have a price: another version, another endpoint
 * or a later date may cost something else, so they have none. Immutable.
 */
public final class Prices {

    private static final Prices BUNDLED = new Prices(Map.of());
    private static final ProviderList<Row[]> LISTED = ProviderList.beside(Prices.class, "prices.yaml", Row[].class);

    private final Map<String, Price> own;

    private Prices(Map<String, Price> own) {
        this.own = Collections.unmodifiableMap(own);
    }

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
        Optional<ProviderList.Listed<Row[]>> listed = own.containsKey(model) ? Optional.empty() : LISTED.find(model);
        if (listed.isEmpty()) {
            return Optional.ofNullable(own.get(model));
        }
        var it = listed.get();
        List<Price.Tier> tiers = Arrays.stream(it.known())
                .filter(row -> row.validOn(on))
                .map(Row::tier)
                .toList();
        return tiers.isEmpty() ? Optional.empty() : Optional.of(new Price(tiers, it.source(), it.seen()));
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
        return LISTED.models();
    }
}
