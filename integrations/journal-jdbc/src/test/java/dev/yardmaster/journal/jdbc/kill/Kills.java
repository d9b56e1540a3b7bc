package dev.yardmaster.journal.jdbc.kill;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The kill harness as a program, which {@code integrations/journal-jdbc/kills} starts: prints tables in markdown. */
final class Kills {

    private static final String COMMAND = "integrations/journal-jdbc/kills";

    private final Campaign campaign;
    private final Options options;
    private final List<Trial.Result> failed = new ArrayList<>();

    /**
     * @param seed of the first random run; the next ones have the next ones
     * @param random how many random kills at least
     * @param only what is to be done to one run, instead of all this
     */
    private record Options(
            Path folder, long seed, int random, int stride, int atOnce, Set<String> parts, Optional<String> only) {

        private static final List<String> PARTS =
                List.of("points", "recovery", "standstill", "fsync", "random", "mutants");

        static Options of(String[] args) {
            var options = new Options(
                    Path.of("target", "kills"),
                    20260301,
                    1_000,
                    1,
                    Runtime.getRuntime().availableProcessors(),
                    Set.copyOf(PARTS),
                    Optional.empty());
            for (int i = 0; i < args.length; i += 2) {
                if (i + 1 == args.length) {
                    throw new IllegalArgumentException(args[i] + " needs a value");
                }
                options = options.with(args[i], args[i + 1]);
            }
            return options;
        }

        private static Set<String> parts(String value) {
            var named = Set.of(value.split(","));
            if (!PARTS.containsAll(named)) {
                throw new IllegalArgumentException("the parts are " + String.join(",", PARTS) + ", not " + value);
            }
            return named;
        }

        private Options with(String name, String value) {
            return switch (name) {
                case "--folder" -> new Options(Path.of(value), seed, random, stride, atOnce, parts, only);
                case "--seed" -> new Options(folder, Long.parseLong(value), random, stride, atOnce, parts, only);
                case "--random" -> new Options(folder, seed, Integer.parseInt(value), stride, atOnce, parts, only);
                case "--stride" -> new Options(folder, seed, random, Integer.parseInt(value), atOnce, parts, only);
                case "--at-once" -> new Options(folder, seed, random, stride, Integer.parseInt(value), parts, only);
                case "--parts" -> new Options(folder, seed, random, stride, atOnce, parts(value), only);
                case "--only" -> new Options(folder, seed, random, stride, atOnce, parts, Optional.of(value));
                default ->
                    throw new IllegalArgumentException("there is no option '" + name + "'; there are --seed N, --random"
                            + " N, --stride N, --at-once N, --parts LIST, --folder DIR and --only PLAN");
            };
        }
    }

    private Kills(Campaign campaign, Options options) {
        this.campaign = campaign;
        this.options = options;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Options options;
        try {
            options = Options.of(args);
        } catch (IllegalArgumentException e) {
            System.err.println("kills: " + e.getMessage());
            System.exit(2);
            return;
        }
        try (var campaign = Campaign.in(options.folder().toAbsolutePath(), options.atOnce())) {
            var kills = new Kills(campaign, options);
            if (options.only().isPresent()) {
                kills.one(options.only().get());
            } else {
                kills.all();
            }
            System.exit(kills.failed.isEmpty() ? 0 : 1);
        }
    }

    private void one(String name) throws IOException, InterruptedException {
        Plan plan = name.startsWith("seed:")
                ? Plan.random(Long.parseLong(name.substring(5)), campaign.syncs())
                : Plan.parse(name);
        System.out.println(plan);
        Trial.Result result = campaign.run(plan);
        System.out.println(result.tally());
        for (Trial.Hit hit : result.hits()) {
            System.out.printf(Locale.ROOT, "killed at %.0f %%: %s%n", 100 * hit.progress(), hit.places());
        }
        tellOf(result);
    }

    private void all() throws InterruptedException {
        Instant begun = Instant.now();
        int points = campaign.syncs();
        System.out.printf(
                "%d effects in a run of %d sync points; seed %d%n%n",
                KillWorkflow.deeds().size(), points, options.seed());
        System.out.println("| killed | runs | kills | lost | duplicated | wrong | surfaced as in doubt |");
        System.out.println("|---|---|---|---|---|---|---|");
        int stride = options.stride();
        var results = new ArrayList<Trial.Result>();
        results.addAll(part("points", "at every sync point, before and after", Plans.atSyncPoints(points, 1, stride)));
        results.addAll(part("recovery", "… and again while recovering", Plans.duringRecovery(points, 1, stride)));
        results.addAll(
                part("standstill", "stood still, woke after a takeover", Plans.standingStill(points, 2, 2 * stride)));
        results.addAll(part("fsync", "a commit failed as when fsync does", Plans.failedSyncs(points, 1, stride)));
        List<Trial.Result> random = part("random", "at random times", Plans.random(options.seed(), points));
        results.addAll(random);
        row("all", Campaign.sum(results));
        System.out.println();
        if (!random.isEmpty()) {
            places(random);
        }
        if (options.parts().contains("mutants")) {
            mutants(points);
        }
        System.out.printf(
                "%n%d processes in %d s%n",
                campaign.processes(), Duration.between(begun, Instant.now()).toSeconds());
        failed.forEach(this::tellOf);
    }

    private List<Trial.Result> part(String part, String what, Iterable<Plan> plans) throws InterruptedException {
        if (!options.parts().contains(part)) {
            return List.of();
        }
        List<Trial.Result> results = campaign.run(plans, part.equals("random") ? options.random() : Integer.MAX_VALUE);
        row(what, Campaign.sum(results));
        results.stream().filter(result -> !result.troubles().isEmpty()).forEach(failed::add);
        return results;
    }

    private static void row(String what, Tally tally) {
        System.out.printf(
                "| %s | %d | %d | %d | %d | %d | %d |%n",
                what, tally.runs(), tally.kills(), tally.lost(), tally.duplicated(), tally.wrong(), tally.surfaced());
    }

    /** Where the random kills struck. */
    private static void places(List<Trial.Result> results) {
        List<Trial.Hit> hits =
                results.stream().flatMap(result -> result.hits().stream()).toList();
        int kills = Campaign.sum(results).kills();
        int[] tenths = new int[10];
        hits.forEach(hit -> tenths[Math.min(9, (int) (10 * hit.progress()))]++);
        System.out.println("| a random kill struck | times |");
        System.out.println("|---|---|");
        System.out.printf("| before the run was there, or a takeover was recorded | %d |%n", kills - hits.size());
        System.out.printf(
                "| in each tenth of the run | %s |%n", Arrays.toString(tenths).replaceAll("[\\[\\]]", ""));
        for (Place place : Place.values()) {
            long times =
                    hits.stream().filter(hit -> hit.places().contains(place)).count();
            System.out.printf("| %s | %d |%n", place.words(), times);
        }
        System.out.println();
    }

    /** The same with a protocol that is wrong: what the harness would say. */
    private void mutants(int points) throws InterruptedException {
        System.out.println("| a wrong protocol | runs | kills | lost | duplicated | wrong | surfaced as in doubt |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (String mutant : MutantJournal.ALL) {
            row(mutant, Campaign.sum(campaign.run(Plans.against(mutant, points, 3 * options.stride()), 1_000)));
        }
    }

    private void tellOf(Trial.Result result) {
        if (!result.troubles().isEmpty()) {
            System.out.printf(
                    "%n%s failed: %s%nagain: %s --only %s%n",
                    result.plan().name(),
                    result.troubles(),
                    COMMAND,
                    result.plan().name());
        }
    }
}
