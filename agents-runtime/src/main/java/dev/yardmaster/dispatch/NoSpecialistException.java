package dev.yardmaster.dispatch;

import dev.yardmaster.event.YardmasterException;
import dev.yardmaster.routing.Candidate;
import dev.yardmaster.routing.Match;
import java.util.stream.Collectors;

/** No specialist fits a task well enough to be given it. */
public final class NoSpecialistException extends YardmasterException {

    private final transient Match match;

    NoSpecialistException(Match match) {
        super("no specialist fits this task: " + match.reason() + ". "
                + (match.candidates().isEmpty()
                        ? "Name one with --agent or @name"
                        : "Name one with --agent or @name; the nearest are "
                                + match.candidates().stream()
                                        .limit(3)
                                        .map(Candidate::agent)
                                        .collect(Collectors.joining(", "))));
        this.match = match;
    }

    /** What the router found. */
    public Match match() {
        return match;
    }
}
