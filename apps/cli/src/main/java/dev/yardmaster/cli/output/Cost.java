package dev.yardmaster.cli.output;

import dev.yardmaster.agent.AgentProfile;
import dev.yardmaster.cli.output.Happening.Place;
import dev.yardmaster.event.Usage;
import dev.yardmaster.model.Prices;
import java.math.BigDecimal;
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
        Map<Place, AgentProfile> agents = new HashMap<>();
        var dollars = BigDecimal.ZERO;
        var unknown = new TreeSet<String>();
        for (Happening happening : happenings) {
            if (happening instanceof Happening.Began began) {
                agents.put(key(began.place()), began.profile());
            } else if (paid(happening).isPresent() && agents.containsKey(key(happening.place()))) {
                AgentProfile agent = agents.get(key(happening.place()));
                Paid paid = paid(happening).get();
                Optional<BigDecimal> cost = paid.dollars().or(() -> cost(agent, paid.usage(), on));
                cost.ifPresentOrElse(known -> {}, () -> unknown.add(agent.model()));
                dollars = dollars.add(cost.orElse(BigDecimal.ZERO));
            }
        }
        return new Cost(dollars, unknown);
    }

    /** What a model did for money. @param dollars what it was recorded to cost */
    private record Paid(Usage usage, Optional<BigDecimal> dollars) {}

    private static Optional<Paid> paid(Happening happening) {
        return switch (happening) {
            case Happening.Replied replied -> Optional.of(new Paid(replied.usage(), replied.dollars()));
            case Happening.Summarized summarized -> Optional.of(new Paid(summarized.usage(), summarized.dollars()));
            default -> Optional.empty();
        };
    }

    private static Place key(Place place) {
        return new Place(place.node(), place.scope(), "");
    }

    /** Of a reply whose cost was not recorded, as by earlier versions. */
    private static Optional<BigDecimal> cost(AgentProfile agent, Usage usage, LocalDate on) {
        return agent.scripted()
                ? Optional.of(BigDecimal.ZERO)
                : Prices.bundled().cost(agent.model(), usage, on);
    }

    /** {@code $0.0123 by list prices}, or nothing where nothing was to be paid. @param scripted whether nobody was paid */
    public Optional<String> text(boolean scripted) {
        if (dollars.signum() == 0 && unknown.isEmpty()) {
            return Optional.empty();
        }
        if (dollars.signum() == 0) {
            return Optional.of("not known: there is no price here for " + String.join(", ", unknown));
        }
        return Optional.of(SpentText.dollars(dollars)
                + (scripted ? " (a figure of the script, too)" : " by list prices")
                + (unknown.isEmpty() ? "" : ", without " + String.join(", ", unknown) + ": not known here"));
    }
}
