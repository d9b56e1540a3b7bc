package dev.yardmaster.testkit;

import dev.yardmaster.routing.RoutingReport;
import dev.yardmaster.routing.RoutingReport.Confusion;
import java.util.Locale;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/** Assertions on how well a team's tasks are routed; a failure lists who was confused with whom. */
public final class RoutingAssert extends AbstractAssert<RoutingAssert, RoutingReport> {

    private static final int SHOWN = 10;

    RoutingAssert(RoutingReport report) {
        super(report, RoutingAssert.class);
    }

    /** At least this share of the tasks goes to whom it should; a declined task is wrong. */
    public RoutingAssert choosesRightly(double atLeast) {
        return least("chosen rightly", actual.top1(), atLeast);
    }

    /** Of at least this share of the tasks the right one is among the best three. */
    public RoutingAssert hasTheRightOneAmongThree(double atLeast) {
        return least("right among the best three", actual.top3(), atLeast);
    }

    /** At most so many tasks are declined. */
    public RoutingAssert declinesAtMost(int tasks) {
        if (actual.declined() > tasks) {
            failWithMessage("%d of %d tasks were declined, and %d may be", actual.declined(), actual.queries(), tasks);
        }
        return this;
    }

    private RoutingAssert least(String what, double share, double atLeast) {
        if (share < atLeast) {
            failWithMessage(
                    "%s",
                    String.format(
                            Locale.ROOT,
                            "%.3f of %d tasks were %s, and %.3f should be%s",
                            share,
                            actual.queries(),
                            what,
                            atLeast,
                            confusions()));
        }
        return this;
    }

    private String confusions() {
        return actual.confusions().stream()
                .limit(SHOWN)
                .map(RoutingAssert::line)
                .collect(Collectors.joining());
    }

    private static String line(Confusion each) {
        return "\n  " + each.count() + " × " + each.expected() + " → " + each.chosen();
    }
}
