package dev.yardmaster.tool.builtin;

import java.util.List;

/** Is told of the lines of one file, in their order. */
interface LineListener {

    /**
     * A line that matches.
     *
     * @param number from 1
     * @param found what matched in it; empty for a line that a match goes on in
     */
    void match(long number, String text, List<String> found);

    /** A line around one that matches. */
    void around(long number, String text);

    /** Whether nothing more of this file is of interest. */
    boolean hasEnough();

    /** A file that was not searched, or not to its end. */
    void note(String what);
}
