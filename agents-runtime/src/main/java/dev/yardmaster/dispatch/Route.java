package dev.yardmaster.dispatch;

import dev.yardmaster.agent.AgentProfile;
import dev.yardmaster.routing.Match;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who gets a task, as recorded: the decision and the check that the chosen one can work here.
 *
 * @param match what the router found, or a rule or a model decided among those
 * @param profile who would work, with which model and tools; empty when no specialist fits
 * @param passedOver those that fit better and have no tools here
 * @param undecided those among whom a model is to decide; empty when that is not needed, or done
 */
public record Route(Match match, Optional<AgentProfile> profile, List<PassedOver> passedOver, List<String> undecided) {

    public Route {
        passedOver = passedOver == null ? List.of() : List.copyOf(passedOver); // earlier versions recorded neither
        undecided = undecided == null ? List.of() : List.copyOf(undecided);
    }

    /** One that nobody was passed over for, and that is decided. */
    public Route(Match match, Optional<AgentProfile> profile) {
        this(match, profile, List.of(), List.of());
    }

    /** The same after somebody who was to have it, and cannot work here. */
    Route after(PassedOver first) {
        return new Route(
                match,
                profile,
                Stream.concat(Stream.of(first), passedOver.stream().filter(each -> !each.equals(first)))
                        .toList(),
                undecided);
    }

    /**
     * The chosen agent's name.
     *
     * @throws NoSpecialistException when none fits
     */
    public String agent() {
        return profile.map(AgentProfile::agent).orElseThrow(() -> new NoSpecialistException(match));
    }
}
