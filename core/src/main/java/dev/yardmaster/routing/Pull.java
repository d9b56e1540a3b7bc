package dev.yardmaster.routing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What each agent loses for being near to whatever is asked: among four hundred, some texts are near to everything, and take
 * tasks from those that are near to one thing. Measured by tasks of all trades ({@link Embedder#asked}): an agent's part of
 * them by meaning alone, which is 1 when it has as many as everybody. After S.-V. Bogolin et al., "Cross Modal Retrieval with
 * Querybank Normalisation", CVPR 2022. Weights by measurement; see docs/decisions/0136.
 */
final class Pull {

    private static final double POINTS = 4;

    /** Sharper than the router's own: who is only among the near ones draws nothing. */
    private static final double POINTS_PER_E = 4;

    /** A part is taken to be greater by this: an agent for what nobody asked yet is no better for that. */
    private static final double UNKNOWN = 0.3;

    /** So many that draw as much as everybody are thought beside a team: among a few, somebody has to draw a lot. */
    private static final int UNKNOWN_OTHERS = 10;

    private Pull() {}

    /** The points that each agent loses; none where no tasks are known. Uses all processors. */
    static double[] of(List<AgentVectors> agents, float[][] asked) {
        if (agents.isEmpty() || asked.length == 0) {
            return new double[agents.size()];
        }
        float[][] byDimension = new float[asked[0].length][asked.length];
        for (int task = 0; task < asked.length; task++) {
            for (int i = 0; i < byDimension.length; i++) {
                byDimension[i][task] = asked[task][i];
            }
        }
        float[][] points = IntStream.range(0, agents.size())
                .parallel()
                .mapToObj(agent -> points(agents.get(agent), byDimension))
                .toArray(float[][]::new);
        int team = agents.size();
        return Arrays.stream(parts(points))
                .map(part -> (part * team * team + UNKNOWN_OTHERS) / (team + UNKNOWN_OTHERS))
                .map(drawn -> POINTS * StrictMath.log(UNKNOWN + drawn))
                .toArray();
    }

    /** The mean over all tasks of each agent's share. */
    private static double[] parts(float[][] points) {
        int tasks = points[0].length;
        var parts = new double[points.length];
        var shares = new double[points.length];
        for (int task = 0; task < tasks; task++) {
            double best = Double.NEGATIVE_INFINITY;
            for (float[] of : points) {
                best = Math.max(best, of[task]);
            }
            double sum = 0;
            for (int agent = 0; agent < points.length; agent++) {
                shares[agent] = StrictMath.exp((points[agent][task] - best) / POINTS_PER_E);
                sum += shares[agent];
            }
            for (int agent = 0; agent < points.length; agent++) {
                parts[agent] += shares[agent] / sum / tasks;
            }
        }
        return parts;
    }

    /** What meaning says of an agent, for each task. Loops run along the tasks, which processors do several at a time. */
    private static float[] points(AgentVectors agent, float[][] byDimension) {
        float[] points = cosines(agent.headline(), byDimension);
        var nearest = new float[AgentVectors.NEAREST][points.length];
        int first = agent.firstOfBody();
        int passages = agent.passages().length - first;
        for (int passage = 0; passage < passages; passage++) {
            float[] cosines = cosines(agent.passages()[first + passage], byDimension);
            for (int at = 0; at < nearest.length; at++) {
                if (passage <= at) {
                    take(nearest[at], cosines);
                    break;
                }
                keepGreater(nearest[at], cosines);
            }
        }
        int counted = Math.min(passages, nearest.length);
        for (int task = 0; task < points.length; task++) {
            float body = 0;
            for (int at = 0; at < counted; at++) {
                body += nearest[at][task];
            }
            points[task] = (float) (Meanings.HEADLINE * points[task] + Meanings.BODY * body / counted);
        }
        return points;
    }

    private static float[] cosines(float[] text, float[][] byDimension) {
        var cosines = new float[byDimension[0].length];
        for (int i = 0; i < byDimension.length; i++) {
            float[] tasks = byDimension[i];
            float weight = text[i];
            for (int task = 0; task < cosines.length; task++) {
                cosines[task] += weight * tasks[task];
            }
        }
        return cosines;
    }

    private static void take(float[] kept, float[] offered) {
        System.arraycopy(offered, 0, kept, 0, kept.length);
    }

    /** The greater ones stay, the lesser ones are handed on. */
    private static void keepGreater(float[] kept, float[] offered) {
        for (int task = 0; task < kept.length; task++) {
            float lesser = Math.min(kept[task], offered[task]);
            kept[task] = Math.max(kept[task], offered[task]);
            offered[task] = lesser;
        }
    }
}
