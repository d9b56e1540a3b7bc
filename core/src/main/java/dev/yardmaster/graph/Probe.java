package dev.yardmaster.graph;

import dev.yardmaster.event.Json;

/**
 * Finds out, after a crash, whether a step that had started and not finished did what it does. Asked of steps whose
 * effect is {@code PROBED} or {@code ONCE}; the others are simply run again.
 *
 * @param <T> the step's output
 */
public interface Probe<T> {

    /** What will tell: recorded with the step's start, before its body runs. JSON null when nothing has to be known. */
    Json before() throws Exception;

    /**
     * Looks at the world after the crash.
     *
     * @param before what was recorded when the step started
     */
    Verdict<T> look(Json before) throws Exception;

    /**
     * What the step comes to when it did not happen so far, and still may: who began it is not known to have ended. In
     * doubt, unless the probe knows better.
     */
    default Verdict<T> notYet() {
        return new Verdict.Unknown<>();
    }

    /** What a probe finds. */
    sealed interface Verdict<T> {
        /** It happened, and this is what the step comes to; recorded, the body does not run. */
        record Happened<T>(T output) implements Verdict<T> {}

        /** It did not happen: the body runs. */
        record NotHappened<T>() implements Verdict<T> {}

        /** Nobody can tell: the step is in doubt, and its body does not run. */
        record Unknown<T>() implements Verdict<T> {}
    }

    /** One that can never tell. */
    static <T> Probe<T> none() {
        return new Probe<>() {
            @Override
            public Json before() {
                return Json.none();
            }

            @Override
            public Verdict<T> look(Json before) {
                return new Verdict.Unknown<>();
            }
        };
    }
}
