package dev.yardmaster.router.onnx.learn;

import dev.yardmaster.routing.Match;
import dev.yardmaster.routing.Router;
import dev.yardmaster.routing.RoutingReport;
import dev.yardmaster.routing.RoutingReport.Query;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How a router does on tasks: how many went to the right one, for how many it was among three, of how many; and by how sure
 * the router was, in fifths, what it said and how it was.
 */
record Right(double first, double three, int of, List<Fifth> fifths) {

    private static final int FIFTHS = 5;

    /** @param said the sum of how sure the router was */
    record Fifth(double said, int right, int of) {

        private Fifth and(Fifth other) {
            return new Fifth(said + other.said, right + other.right, of + other.of);
        }
    }

    static Right none() {
        return new Right(0, 0, 0, fifths(List.of(), List.of()));
    }

    static Right of(Router router, List<Query> tasks) {
        RoutingReport report = RoutingReport.measure(router, tasks);
        List<Match> matches =
                tasks.stream().map(each -> router.route(each.query())).toList();
        return new Right(
                report.top1() * report.queries(),
                report.top3() * report.queries(),
                report.queries(),
                fifths(tasks, matches));
    }

    private static List<Fifth> fifths(List<Query> tasks, List<Match> matches) {
        return IntStream.range(0, FIFTHS)
                .mapToObj(fifth -> IntStream.range(0, tasks.size())
                        .filter(i -> matches.get(i).chosen().isPresent())
                        .filter(i -> Math.min(FIFTHS - 1, (int)
                                        (FIFTHS * matches.get(i).confidence()))
                                == fifth)
                        .mapToObj(i -> {
                            boolean right = matches.get(i)
                                    .chosen()
                                    .equals(Optional.of(tasks.get(i).agent()));
                            return new Fifth(matches.get(i).confidence(), right ? 1 : 0, 1);
                        })
                        .reduce(new Fifth(0, 0, 0), Fifth::and))
                .toList();
    }

    Right and(Right other) {
        return new Right(
                first + other.first,
                three + other.three,
                of + other.of,
                IntStream.range(0, FIFTHS)
                        .mapToObj(i -> fifths.get(i).and(other.fifths.get(i)))
                        .toList());
    }

    /** One line for each fifth that has tasks. */
    String sureness() {
        var lines = new StringBuilder();
        for (Fifth each : fifths) {
            if (each.of() > 0) {
                double of = each.of();
                lines.append("| %.2f | %.2f | %d |%n".formatted(each.said() / of, each.right() / of, each.of()));
            }
        }
        return lines.toString();
    }

    @Override
    public String toString() {
        return of == 0 ? "–" : "%.3f / %.3f".formatted(first / of, three / of);
    }
}
