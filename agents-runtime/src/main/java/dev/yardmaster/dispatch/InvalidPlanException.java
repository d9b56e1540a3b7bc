package dev.yardmaster.dispatch;

import dev.yardmaster.event.YardmasterException;
import java.util.List;

/** A plan that cannot be run; names every problem with its remedy. */
public final class InvalidPlanException extends YardmasterException {

    private final List<String> problems;

    InvalidPlanException(List<String> problems) {
        super("the plan has " + (problems.size() == 1 ? "1 problem" : problems.size() + " problems") + ":\n  - "
                + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
