package dev.yardmaster.journal.jdbc.kill;

import dev.yardmaster.journal.jdbc.kill.Death.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What is done to one run.
 *
 * @param name of a seed, or of the deaths: says how to do it again
 * @param deaths of its processes, one after the other; the last one lives to the end
 * @param answers who answers what the run asks
 */
record Plan(String name, String protocol, List<Death> deaths, Answers answers) {

    enum Answers {
        /** The process that runs it. */
        ITSELF,
        /** Another process, while it waits. */
        ANOTHER,
        /** Another process, after the one that waited was killed. */
        WHILE_DEAD
    }

    static final String INTACT = "intact";

    static Plan whole() {
        return new Plan("whole", INTACT, List.of(), Answers.ITSELF);
    }

    static Plan of(Death... deaths) {
        List<Death> all = List.of(deaths);
        return new Plan(named(all), INTACT, all, Answers.ITSELF);
    }

    private static String named(List<Death> deaths) {
        return String.join("+", deaths.stream().map(Death::toString).toList());
    }

    /** @param text the name of a plan that is not random */
    static Plan parse(String text) {
        Plan plan = whole();
        for (String part : text.split("\\+")) {
            plan = plan.and(part);
        }
        return plan;
    }

    private Plan and(String part) {
        if (MutantJournal.ALL.contains(part)) {
            return with(part);
        }
        for (Answers each : Answers.values()) {
            if (part.equals(named(each))) {
                return answeredBy(each);
            }
        }
        var more = new ArrayList<>(deaths);
        more.add(Death.parse(part));
        return new Plan(joined(part), protocol, more, answers);
    }

    private String joined(String part) {
        return name.equals("whole") ? part : name + "+" + part;
    }

    private static String named(Answers answers) {
        return answers.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Plan with(String mutant) {
        return new Plan(joined(mutant), mutant, deaths, answers);
    }

    Plan answeredBy(Answers other) {
        return new Plan(joined(named(other)), protocol, deaths, other);
    }

    /**
     * One to three kills at any time: spread evenly over what a run does, and up to 2 ms after that; the later ones half
     * of the time while the run is being taken over.
     *
     * @param points how many sync points a whole run has
     */
    static Plan random(long seed, int points) {
        var random = new Random(seed);
        var deaths = new ArrayList<Death>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(100);
            boolean taking = i > 0 && kind < 50;
            if (kind < (taking ? 25 : 5)) {
                deaths.add(new Death(Kind.OPENING, 0, random.nextInt(60_000)));
            } else {
                int most = taking ? 8 : points;
                deaths.add(new Death(Kind.LATER, 1 + random.nextInt(most), random.nextInt(2_000)));
            }
        }
        int who = random.nextInt(4);
        Answers answers = who < 2 ? Answers.ITSELF : who == 2 ? Answers.ANOTHER : Answers.WHILE_DEAD;
        return new Plan("seed:" + seed, INTACT, deaths, answers);
    }

    boolean isMutant() {
        return !protocol.equals(INTACT);
    }
}
