package dev.yardmaster.benchmark.subject;

import java.util.Random;

/** A library that keeps its runs in files, in one folder. */
public interface Durable extends AutoCloseable {

    /** What each step adds to the state: 60 characters. */
    String NOTE = text(60);

    /**
     * Steps in a row, each kept before the next one begins, on a state that holds a text of so many characters. Each run
     * of it is a new one.
     */
    Work run(int steps, int characters) throws Exception;

    /** Steps that a process can be killed in: what is meant and what came of it are kept. */
    default Work effects(int steps, Timed timed) throws Exception {
        throw new UnsupportedOperationException("it has no such steps");
    }

    /** Hears how long a step took. */
    @FunctionalInterface
    interface Timed {
        void took(long nanos);
    }

    /** A conversation: so many replies of so many characters each, all of them kept. */
    default Work replies(int replies, int characters) throws Exception {
        throw new UnsupportedOperationException("it has no such steps");
    }

    /** Does all but the last of so many steps on 1 KB of state, and leaves the rest to another process. */
    void begin(int steps) throws Exception;

    /** Does the rest of what {@link #begin} began. */
    void resume(int steps) throws Exception;

    @Override
    void close();

    /** A text that has about the entropy of prose; always the same. */
    static String text(int characters) {
        var random = new Random(characters);
        var text = new StringBuilder(characters);
        while (text.length() < characters) {
            text.append(random.nextInt(6) == 0 ? ' ' : (char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }
}
