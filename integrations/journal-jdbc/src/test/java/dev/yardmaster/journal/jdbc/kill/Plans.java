package dev.yardmaster.journal.jdbc.kill;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** What is done to runs, by kind. */
final class Plans {

    private Plans() {}

    /** Killed at sync points, before and after what is made durable there. @param stride 1 for all of them */
    static List<Plan> atSyncPoints(int points, int first, int stride) {
        var plans = new ArrayList<Plan>();
        for (int at = first; at <= points; at += stride) {
            plans.add(Plan.of(Death.before(at)));
            plans.add(Plan.of(Death.after(at)));
        }
        return plans;
    }

    /** Killed at sync points, and again at one of the first ones of the process that takes the run over. */
    static List<Plan> duringRecovery(int points, int first, int stride) {
        var plans = new ArrayList<Plan>();
        for (int at = first; at <= points; at += stride) {
            int again = 1 + at % 6;
            plans.add(Plan.of(Death.after(at), at % 2 == 0 ? Death.before(again) : Death.after(again)));
        }
        return plans;
    }

    /** Standing still at sync points, while another process takes the run over and ends it. */
    static List<Plan> standingStill(int points, int first, int stride) {
        return each(Death.Kind.STANDSTILL, points, first, stride);
    }

    /** With a commit that fails. */
    static List<Plan> failedSyncs(int points, int first, int stride) {
        return each(Death.Kind.FAILED_SYNC, points, first, stride);
    }

    private static List<Plan> each(Death.Kind kind, int points, int first, int stride) {
        var plans = new ArrayList<Plan>();
        for (int at = first; at <= points; at += stride) {
            plans.add(Plan.of(new Death(kind, at, 0)));
        }
        return plans;
    }

    /** What a wrong protocol does not survive. */
    static List<Plan> against(String mutant, int points, int stride) {
        List<Plan> plans = switch (mutant) {
            case MutantJournal.NO_EPOCH -> standingStill(points, 3, stride);
            case MutantJournal.SWALLOWED_SYNC -> failedSyncs(points, 3, stride);
            default -> atSyncPoints(points, 3, stride);
        };
        return plans.stream().map(plan -> plan.with(mutant)).toList();
    }

    /** Killed at random times, without end. */
    static Iterable<Plan> random(long seed, int points) {
        return () -> LongStream.iterate(seed, next -> next + 1)
                .mapToObj(next -> Plan.random(next, points))
                .iterator();
    }
}
