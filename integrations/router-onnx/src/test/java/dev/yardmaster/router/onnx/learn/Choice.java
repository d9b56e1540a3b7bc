package dev.yardmaster.router.onnx.learn;

import dev.yardmaster.routing.Surroundings.Seen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A task and those who may have it, the right one first.
 *
 * @param agent the name of the right one
 * @param task its own vector
 * @param fixed what the candidates have whatever is sought
 * @param texts what is sought is multiplied with
 */
record Choice(String agent, float[] task, double[] fixed, float[][] texts) {

    private static final int CANDIDATES = 60;

    /** @param all among them the right one, who is a candidate however far he is; with the best others as things are now */
    static Choice of(String agent, float[] task, List<Seen> all) {
        Seen right = all.stream()
                .filter(each -> each.agent().equals(agent))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no agent '" + agent + "'"));
        var candidates = new ArrayList<Seen>(List.of(right));
        all.stream()
                .filter(each -> each != right)
                .map(each -> new Rated(each, points(task, each)))
                .sorted(Comparator.comparingDouble(each -> -each.points()))
                .limit(CANDIDATES - 1)
                .forEach(each -> candidates.add(each.seen()));
        return new Choice(
                agent,
                task,
                candidates.stream().mapToDouble(Seen::fixed).toArray(),
                candidates.stream().map(Seen::texts).toArray(float[][]::new));
    }

    private record Rated(Seen seen, double points) {}

    private static double points(float[] task, Seen seen) {
        double sum = seen.fixed();
        for (int i = 0; i < task.length; i++) {
            sum += task[i] * seen.texts()[i];
        }
        return sum;
    }

    /** The shares of the candidates under the router's softmax, when this is sought. */
    double[] shares(double[] sought, double pointsPerE) {
        double[] shares = fixed.clone();
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < shares.length; i++) {
            for (int k = 0; k < sought.length; k++) {
                shares[i] += sought[k] * texts[i][k];
            }
            best = Math.max(best, shares[i]);
        }
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = StrictMath.exp((shares[i] - best) / pointsPerE);
            sum += shares[i];
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= sum;
        }
        return shares;
    }
}
