package dev.yardmaster.router.onnx;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;

/**
 * Turns the vector of a task towards those of texts about who does such tasks: a matrix, learned from labelled tasks so that
 * the right specialist's texts come nearer than all others'. How, from what, and what it gains on what it was not learned
 * from: docs/decisions/0130. {@code integrations/router-onnx/learn} writes the file: its rows, as big-endian half-precision
 * numbers.
 */
final class TaskMap {

    private static final String FILE = "tasks.f16";

    private final float[][] rows;

    private TaskMap(float[][] rows) {
        this.rows = rows;
    }

    /** @param dimensions of the model that it was learned for */
    static TaskMap load(int dimensions) {
        try (InputStream file = TaskMap.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing in the jar");
            }
            byte[] bytes = new byte[dimensions * dimensions * Short.BYTES];
            new DataInputStream(file).readFully(bytes);
            ShortBuffer halves = ByteBuffer.wrap(bytes).asShortBuffer();
            float[][] rows = new float[dimensions][dimensions];
            for (float[] row : rows) {
                for (int i = 0; i < dimensions; i++) {
                    row[i] = Float.float16ToFloat(halves.get());
                }
            }
            return new TaskMap(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
