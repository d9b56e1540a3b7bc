package dev.yardmaster.routing;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.yardmaster.event.InvalidJsonException;
import dev.yardmaster.event.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How well a router does on tasks of which it is known who should get them. A task counts as right when its agent was
 * chosen; one that is declined is wrong, and counted as declined too.
 *
 * @param queries how many tasks were routed
 * @param answered those of them for which somebody was chosen
 * @param declined the others
 * @param top1 the share whose agent was chosen
 * @param top3 the share whose agent was chosen or is among the best three candidates, where the router did not decline
 * @param mrr mean reciprocal rank of the agent among the candidates; 0 where it is not among them or none was chosen
 * @param p50Millis the time that half of the tasks took at most, in milliseconds
 * @param p99Millis the time that 99 of 100 took at most
 * @param confusions who got the tasks of whom, most frequent first
 */
public record RoutingReport(
        int queries,
        int answered,
        int declined,
        double top1,
        double top3,
        double mrr,
        double p50Millis,
        double p99Millis,
        List<Confusion> confusions) {

    /**
     * A task and who should get it.
     *
     * @param agent its name
     * @param query what a user says
     * @param context the situation; kept for people, not given to the router
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Query(
            @JsonProperty(required = true) String agent,
            @JsonProperty(required = true) String query,
            Optional<String> context) {
        /** Fails where agent or query is null: a label without either says nothing. */
        public Query {
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(query, "query");
        }
    }

    /** So many tasks of {@code expected} went to {@code chosen}. */
    public record Confusion(String expected, String chosen, int count) {}

    public RoutingReport {
        confusions = List.copyOf(confusions);
    }

    /**
     * Labelled tasks from lines of JSON, {@code {"agent": …, "query": …, "context": …}}; blank lines are left out.
     *
     * @throws IllegalArgumentException if a line is none of those; it names the line
     */
    public static List<Query> queries(List<String> lines) {
        var queries = new ArrayList<Query>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            try {
                queries.add(Json.parse(lines.get(i)).as(Query.class));
            } catch (InvalidJsonException e) {
                throw new IllegalArgumentException(
                        "line " + (i + 1) + " is no labelled task (" + e.getMessage()
                                + "); write {\"agent\": \"NAME\", \"query\": \"TEXT\"}",
                        e);
            }
        }
        return List.copyOf(queries);
    }

    /**
     * A task on its way.
     *
     * @param match who got it
     * @param took how long that took to decide
     */
    public record Routed(Query query, Match match, Duration took) {}

    /** Routes each task, one after the other. Takes as long as that takes. */
    public static RoutingReport measure(Router router, Collection<Query> queries) {
        return of(routed(router::route, queries));
    }

    /** Routes each task by something that is no router, one after the other. Takes as long as that takes. */
    public static List<Routed> routed(Function<String, Match> route, Collection<Query> queries) {
        var routed = new ArrayList<Routed>();
        for (Query query : queries) {
            long start = System.nanoTime();
            Match match = route.apply(query.query());
            routed.add(new Routed(query, match, Duration.ofNanos(System.nanoTime() - start)));
        }
        return List.copyOf(routed);
    }

    /** What came of tasks that have been routed. */
    public static RoutingReport of(List<Routed> routed) {
        int answered = 0;
        int right = 0;
        int near = 0;
        double ranks = 0;
        var confused = new TreeMap<String, Map<String, Integer>>();
        for (Routed each : routed) {
            Match match = each.match();
            String agent = each.query().agent();
            if (match.chosen().isEmpty()) {
                continue;
            }
            answered++;
            String chosen = match.chosen().get();
            int rank = rank(match, chosen, agent);
            right += rank == 1 ? 1 : 0;
            near += rank >= 1 && rank <= 3 ? 1 : 0;
            ranks += rank == 0 ? 0 : 1.0 / rank;
            if (rank != 1) {
                confused.computeIfAbsent(agent, name -> new TreeMap<>()).merge(chosen, 1, Integer::sum);
            }
        }
        long[] nanos = routed.stream()
                .mapToLong(each -> each.took().toNanos())
                .sorted()
                .toArray();
        int all = Math.max(1, routed.size());
        return new RoutingReport(
                routed.size(),
                answered,
                routed.size() - answered,
                (double) right / all,
                (double) near / all,
                ranks / all,
                millis(nanos, 0.50),
                millis(nanos, 0.99),
                confusions(confused));
    }

    /** From 1, the chosen one before the candidates; 0 when it is not among them. */
    private static int rank(Match match, String chosen, String agent) {
        var ranked = new ArrayList<String>();
        ranked.add(chosen);
        match.candidates().stream()
                .map(Candidate::agent)
                .filter(name -> !name.equals(chosen))
                .forEach(ranked::add);
        return 1 + ranked.indexOf(agent);
    }

    private static double millis(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)] / 1e6;
    }

    private static List<Confusion> confusions(Map<String, Map<String, Integer>> confused) {
        var all = new ArrayList<Confusion>();
        confused.forEach((expected, others) ->
                others.forEach((chosen, count) -> all.add(new Confusion(expected, chosen, count))));
        all.sort(Comparator.comparingInt(Confusion::count).reversed());
        return all;
    }
}
