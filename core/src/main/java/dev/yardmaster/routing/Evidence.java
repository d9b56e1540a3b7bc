package dev.yardmaster.routing;

/**
 * What a candidate's score is made of, in points that add up to it.
 *
 * @param words words and pairs of neighbouring words that the task shares with its name, description and body
 * @param examples how like the task is to one of its examples, and that it has examples at all
 * @param meaning how near the task is to it in meaning; 0 where no embeddings are used
 */
public record Evidence(double words, double examples, double meaning) {

    /** Of a candidate of which nothing is known but its score. */
    public static Evidence none() {
        return new Evidence(0, 0, 0);
    }
}
