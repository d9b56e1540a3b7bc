package dev.yardmaster.cli.output;

import dev.yardmaster.cli.output.Happening.Place;
import dev.yardmaster.event.Usage;
import dev.yardmaster.model.Price;
import dev.yardmaster.model.Prices;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the replies of a run cost by list prices.
 *
 * @param dollars of the replies whose price is known
 * @param unknown the models, neither scripted nor local, whose price is not known
 */
public record Cost(BigDecimal dollars, Set<String> unknown) {

    static Cost of(List<Happening> happenings, LocalDate on) {
        Map<Place, String> models = new HashMap<>();
        var dollars = BigDecimal.ZERO;
        var unknown = new TreeSet<String>();
        for (Happening happening : happenings) {
            if (happening instanceof Happening.Began began && !began.profile().scripted()) {
                models.put(key(began.place()), began.profile().model());
            } else if (happening instanceof Happening.Replied replied && models.containsKey(key(replied.place()))) {
                String model = models.get(key(replied.place()));
                Optional<BigDecimal> price = price(model, replied.usage(), on);
                price.ifPresentOrElse(known -> {}, () -> unknown.add(model));
                dollars = dollars.add(price.orElse(BigDecimal.ZERO));
            }
        }
        return new Cost(dollars, unknown);
    }

    private static Place key(Place place) {
        return new Place(place.node(), place.scope(), "");
    }

    private static Optional<BigDecimal> price(String model, Usage usage, LocalDate on) {
        if (model.startsWith("ollama:")) {
            return Optional.of(BigDecimal.ZERO); // runs locally
        }
        Optional<Price> price = Prices.bundled().find(model, on);
        return price.flatMap(each -> each.of(usage));
    }

    /** {@code $0.0123 by list prices}, or nothing where nothing was to be paid. */
    public Optional<String> text() {
        if (dollars.signum() == 0 && unknown.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("$" + dollars.setScale(4, RoundingMode.HALF_UP) + " by list prices"
                + (unknown.isEmpty() ? "" : ", without " + String.join(", ", unknown) + ": not known here"));
    }
}
