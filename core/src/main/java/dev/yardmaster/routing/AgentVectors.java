package dev.yardmaster.routing;

import java.util.Arrays;

/**
 * The vectors of an agent's texts.
 *
 * @param passages the headline first, then the body
 * @param examples what the users of its examples say
 */
record AgentVectors(float[][] passages, float[][] examples) {

    /** How near a body is, is the mean of so many: the best alone is often an accident, and all are low for who does much. */
    static final int NEAREST = 3;

    float[] headline() {
        return passages[0];
    }

    /** Where the passages of the body begin; of an agent without one, its headline stands for it. */
    int firstOfBody() {
        return passages.length == 1 ? 0 : 1;
    }

    /** How near the headline is: a cosine. */
    double headline(float[] sought) {
        return cosine(sought, headline());
    }

    /** How near the body is: the mean cosine of its nearest passages. */
    double body(float[] sought) {
        if (passages.length == 1) {
            return headline(sought);
        }
        double[] all = new double[passages.length - 1];
        for (int i = 0; i < all.length; i++) {
            all[i] = cosine(sought, passages[i + 1]);
        }
        Arrays.sort(all);
        int from = Math.max(0, all.length - NEAREST);
        return Arrays.stream(all, from, all.length).average().orElse(0);
    }

    static double cosine(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
