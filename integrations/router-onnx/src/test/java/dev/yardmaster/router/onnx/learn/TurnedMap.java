package dev.yardmaster.router.onnx.learn;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A square matrix while it is learned.
 *
 * @param columns what each dimension of a task adds to what is sought: this way round, the loops run along memory
 */
record TurnedMap(double[][] columns) {

    static TurnedMap identity(int dimensions) {
        var columns = new double[dimensions][dimensions];
        for (int i = 0; i < dimensions; i++) {
            columns[i][i] = 1;
        }
        return new TurnedMap(columns);
    }

    double[] apply(float[] task) {
        var sought = new double[columns.length];
        for (int j = 0; j < columns.length; j++) {
            Descent.add(sought, task[j], columns[j]);
        }
        return sought;
    }

    /** As the file that {@code MiniLm} reads: its rows, as big-endian half-precision numbers. */
    byte[] halves() {
        ByteBuffer bytes = ByteBuffer.allocate(columns.length * columns.length * Short.BYTES);
        for (int i = 0; i < columns.length; i++) {
            for (double[] column : columns) {
                bytes.putShort(Float.floatToFloat16((float) column[i]));
            }
        }
        return bytes.array();
    }

    static TurnedMap ofHalves(byte[] bytes) {
        int dimensions = (int) Math.sqrt(bytes.length / (double) Short.BYTES);
        ShortBuffer halves = ByteBuffer.wrap(bytes).asShortBuffer();
        var columns = new double[dimensions][dimensions];
        for (int i = 0; i < dimensions; i++) {
            for (int j = 0; j < dimensions; j++) {
                columns[j][i] = Float.float16ToFloat(halves.get());
            }
        }
        return new TurnedMap(columns);
    }

    static TurnedMap read(Path file) throws IOException {
        return ofHalves(Files.readAllBytes(file));
    }

    /** As it is when it has been written and read. */
    TurnedMap rounded() {
        return ofHalves(halves());
    }

    double largestDifference(TurnedMap other) {
        double largest = 0;
        for (int j = 0; j < columns.length; j++) {
            for (int i = 0; i < columns.length; i++) {
                largest = Math.max(largest, Math.abs(columns[j][i] - other.columns[j][i]));
            }
        }
        return largest;
    }
}
