package dev.yardmaster.router.onnx;

/**
 * Turns the vector of a task towards those of texts about who does such tasks: a matrix, learned from labelled tasks so that
 * the right specialist's texts come nearer than all others'. How, from what, and what it gains on what it was not learned
 * from: docs/decisions/0130 and 0136. {@code integrations/router-onnx/learn} writes the file.
 */
final class TaskMap {

    private final float[][] rows;

    private TaskMap(float[][] rows) {
        this.rows = rows;
    }

    /** @param dimensions of the model that it was learned for */
    static TaskMap load(int dimensions) {
        return new TaskMap(Halves.read("tasks.f16", dimensions));
    }

    float[] apply(float[] vector) {
        float[] turned = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            float sum = 0;
            for (int j = 0; j < vector.length; j++) {
                sum += rows[i][j] * vector[j];
            }
            turned[i] = sum;
        }
        return turned;
    }
}
