package dev.yardmaster.dispatch;

import dev.yardmaster.agent.AgentProfile;
import dev.yardmaster.routing.Match;
import java.util.Optional;

/**
 * Who gets a task, as recorded: the router's decision and the check that the chosen one can work here.
 *
 * @param match what the router found
 * @param profile who would work, with which model and tools; empty when no specialist fits
 */
public record Route(Match match, Optional<AgentProfile> profile) {

    /**
     * The chosen agent's name.
     *
     * @throws NoSpecialistException when none fits
     */
    public String agent() {
        return profile.map(AgentProfile::agent).orElseThrow(() -> new NoSpecialistException(match));
    }
}
