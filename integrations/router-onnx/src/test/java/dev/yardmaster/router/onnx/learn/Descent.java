package dev.yardmaster.router.onnx.learn;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Learns a map from choices, by gradient descent: what it makes least is the mean of −log of the right one's share, plus half
 * of 0.02 × the squared distance of the map from the identity. On all processors; sums go in one order, so the same choices
 * make the same map, to the bit. See docs/decisions/0130 and 0136.
 */
final class Descent {

    private static final int STEPS = 200;
    private static final double MOMENTUM = 0.9;
    private static final double RATE = 0.5;
    private static final double HELD = 0.02;
    private static final double POINTS_PER_E = 6;

    /** So many rows of a gradient are in a processor's nearest memory. */
    private static final int BLOCK = 8;

    private final List<Choice> choices;
    private final int dimensions;

    Descent(List<Choice> choices) {
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("there is no task to learn from");
        }
        this.choices = List.copyOf(choices);
        dimensions = choices.getFirst().task().length;
    }

    TurnedMap learn() {
        double[][] map = TurnedMap.identity(dimensions).columns();
        var speed = new double[dimensions][dimensions];
        double unseen = 1;
        for (int step = 0; step < STEPS; step++) {
            double[][] gradient = gradient(new TurnedMap(map));
            unseen *= MOMENTUM;
            for (int j = 0; j < dimensions; j++) {
                for (int i = 0; i < dimensions; i++) {
                    speed[j][i] = MOMENTUM * speed[j][i] + (1 - MOMENTUM) * gradient[j][i];
                    map[j][i] -= RATE * speed[j][i] / (1 - unseen);
                }
            }
        }
        return new TurnedMap(map);
    }

    /** What is to be made least. */
    double loss(TurnedMap map) {
        double sum = 0;
        for (int j = 0; j < dimensions; j++) {
            for (int i = 0; i < dimensions; i++) {
                double off = map.columns()[j][i] - (i == j ? 1 : 0);
                sum += off * off;
            }
        }
        return surprise(map, choices) + HELD / 2 * sum;
    }

    /** The mean of −log of the right ones' shares. */
    static double surprise(TurnedMap map, List<Choice> choices) {
        return choices.stream()
                .mapToDouble(each -> -StrictMath.log(each.shares(map.apply(each.task()), POINTS_PER_E)[0]))
                .average()
                .orElse(0);
    }

    /** The derivatives of the loss, laid out as the map's columns. */
    double[][] gradient(TurnedMap map) {
        double[][] bySought = IntStream.range(0, choices.size())
                .parallel()
                .mapToObj(n -> bySought(choices.get(n), map))
                .toArray(double[][]::new);
        var gradient = new double[dimensions][dimensions];
        IntStream.range(0, (dimensions + BLOCK - 1) / BLOCK)
                .parallel()
                .forEach(block -> block(block * BLOCK, map, bySought, gradient));
        return gradient;
    }

    /** How the loss of one choice changes with what is sought. */
    private static double[] bySought(Choice choice, TurnedMap map) {
        double[] shares = choice.shares(map.apply(choice.task()), POINTS_PER_E);
        shares[0] -= 1;
        var derivative = new double[choice.task().length];
        for (int c = 0; c < shares.length; c++) {
            double weight = shares[c] / POINTS_PER_E;
            float[] texts = choice.texts()[c];
            for (int i = 0; i < derivative.length; i++) {
                derivative[i] += weight * texts[i];
            }
        }
        return derivative;
    }

    private void block(int from, TurnedMap map, double[][] bySought, double[][] gradient) {
        int to = Math.min(dimensions, from + BLOCK);
        for (int n = 0; n < bySought.length; n++) {
            float[] task = choices.get(n).task();
            for (int j = from; j < to; j++) {
                add(gradient[j], task[j] / bySought.length, bySought[n]);
            }
        }
        for (int j = from; j < to; j++) {
            add(gradient[j], HELD, map.columns()[j]);
            gradient[j][j] -= HELD;
        }
    }

    static void add(double[] sum, double weight, double[] vector) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * vector[i];
        }
    }
}
