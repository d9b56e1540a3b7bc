package dev.yardmaster.router.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;

/** Numbers that come with the model: big-endian, in half precision, row by row. */
final class Halves {

    private Halves() {}

    /** @param file beside this class */
    static float[][] read(String file, int columns) {
        try (InputStream in = Halves.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing in the jar");
            }
            ShortBuffer halves = ByteBuffer.wrap(in.readAllBytes()).asShortBuffer();
            var rows = new float[halves.remaining() / columns][columns];
            for (float[] row : rows) {
                for (int i = 0; i < columns; i++) {
                    row[i] = Float.float16ToFloat(halves.get());
                }
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
