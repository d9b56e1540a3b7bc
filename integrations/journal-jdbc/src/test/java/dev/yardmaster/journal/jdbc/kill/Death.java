package dev.yardmaster.journal.jdbc.kill;

import java.util.Locale;

/**
 * What a process that runs the workflow is to die of.
 *
 * @param at which sync point, or which commit, counted from 1 in this process; 0 where it is none
 * @param micros how long after that the process is killed
 */
record Death(Kind kind, int at, int micros) {

    enum Kind {
        /** It comes to its end. */
        NEVER,
        /** Killed before what is to be made durable at the n-th sync point is. */
        BEFORE,
        /** Killed when it is. */
        AFTER,
        /** Killed some time after the n-th sync point, without standing still for it; written behind, as it usually is. */
        LATER,
        /** Killed some time after it was told to open the journal: while it makes the file, or takes the run over. */
        OPENING,
        /** Stands still at the n-th sync point until others have finished its run, and then goes on. */
        STANDSTILL,
        /** Its n-th commit fails as when an fsync does, and it is killed when it does no more. */
        FAILED_SYNC
    }

    static Death never() {
        return new Death(Kind.NEVER, 0, 0);
    }

    static Death before(int at) {
        return new Death(Kind.BEFORE, at, 0);
    }

    static Death after(int at) {
        return new Death(Kind.AFTER, at, 0);
    }

    /** @param text as {@link #toString} writes it */
    static Death parse(String text) {
        String[] parts = text.split(":");
        var kind = Kind.valueOf(parts[0].toUpperCase(Locale.ROOT).replace('-', '_'));
        return new Death(
                kind,
                parts.length > 1 ? Integer.parseInt(parts[1]) : 0,
                parts.length > 2 ? Integer.parseInt(parts[2]) : 0);
    }

    boolean is(Kind moment, int number) {
        return kind == moment && at == number;
    }

    /** Whether each append is durable when it returns, so that the n-th sync point is the same every time. */
    boolean isExact() {
        return kind == Kind.BEFORE || kind == Kind.AFTER || kind == Kind.STANDSTILL || kind == Kind.FAILED_SYNC;
    }

    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return name + (at == 0 && micros == 0 ? "" : ":" + at) + (micros == 0 ? "" : ":" + micros);
    }
}
