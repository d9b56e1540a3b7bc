package dev.yardmaster.router.onnx.learn;

import java.nio.ByteBuffer;

/** Numbers as in the files that {@code MiniLm} reads: big-endian, in half precision. */
final class HalfNumbers {

    private HalfNumbers() {}

    /** As it is when it has been written and read. */
    static float[] rounded(float[] vector) {
        var rounded = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            rounded[i] = Float.float16ToFloat(Float.floatToFloat16(vector[i]));
        }
        return rounded;
    }

    /** Row by row. */
    static byte[] written(float[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        ByteBuffer bytes = ByteBuffer.allocate(rows.length * columns * Short.BYTES);
        for (float[] row : rows) {
            for (float each : row) {
                bytes.putShort(Float.floatToFloat16(each));
            }
        }
        return bytes.array();
    }
}
