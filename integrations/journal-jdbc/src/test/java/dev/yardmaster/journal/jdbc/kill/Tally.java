package dev.yardmaster.journal.jdbc.kill;

/**
 * What came of runs whose processes were killed.
 *
 * @param runs how many
 * @param kills how often a process was killed, made to stand still or failed to write
 * @param lost effects that the run says happened and that did not
 * @param duplicated effects that happened again, unnoticed
 * @param wrong runs that did not end, ended in another state than one that nobody kills, or whose journal tells a story
 *     that cannot be
 * @param surfaced effects in doubt, and said to be so
 */
record Tally(int runs, int kills, int lost, int duplicated, int wrong, int surfaced) {

    static Tally none() {
        return new Tally(0, 0, 0, 0, 0, 0);
    }

    Tally plus(Tally other) {
        return new Tally(
                runs + other.runs,
                kills + other.kills,
                lost + other.lost,
                duplicated + other.duplicated,
                wrong + other.wrong,
                surfaced + other.surfaced);
    }

    boolean isClean() {
        return lost + duplicated + wrong == 0;
    }
}
