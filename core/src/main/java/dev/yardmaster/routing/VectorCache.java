package dev.yardmaster.routing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Vectors by what they were made from, one file for the texts of an agent: a file is never changed, only written whole
 * beside its place and moved there. What is cut short, of another format or of other texts counts as absent.
 *
 * <p>Format 1, big-endian: {@code YMV1}, rows, columns (both int), the floats row by row, and the CRC-32 of all before it
 * (long).
 */
final class VectorCache {

    private static final Logger LOG = LoggerFactory.getLogger(VectorCache.class);
    private static final int MAGIC = 0x594D5631;
    private static final int LONGEST = 1 << 24;

    private final @Nullable Path folder;

    private VectorCache(@Nullable Path folder) {
        this.folder = folder;
    }

    static VectorCache none() {
        return new VectorCache(null);
    }

    static VectorCache in(Path folder) {
        return new VectorCache(folder);
    }

    /** @param key a file's name */
    Optional<float[][]> find(String key) {
        if (folder == null) {
            return Optional.empty();
        }
        try {
            Path file = file(folder, key);
            return Files.isRegularFile(file) && Files.size(file) <= LONGEST
                    ? read(Files.readAllBytes(file))
                    : Optional.empty();
        } catch (IOException e) {
            LOG.debug("vectors '{}' cannot be read and are computed anew", key, e);
            return Optional.empty();
        }
    }

    void put(String key, float[][] vectors) {
        if (folder == null) {
            return;
        }
        try {
            Path file = file(folder, key);
            Files.createDirectories(file.getParent());
            Path beside = Files.createTempFile(file.getParent(), "vectors", ".new");
            Files.write(beside, written(vectors));
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.debug("vectors cannot be kept in '{}'", folder, e);
        }
    }

    private static Path file(Path folder, String key) {
        return folder.resolve(key + ".vec");
    }

    private static Optional<float[][]> read(byte[] bytes) throws IOException {
        if (bytes.length < 20) {
            return Optional.empty();
        }
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int magic = in.readInt();
            int rows = in.readInt();
            int columns = in.readInt();
            if (magic != MAGIC || rows < 0 || columns < 0 || 20L + 4L * rows * columns != bytes.length) {
                return Optional.empty();
            }
            var vectors = new float[rows][columns];
            for (float[] row : vectors) {
                for (int i = 0; i < columns; i++) {
                    row[i] = in.readFloat();
                }
            }
            return in.readLong() == checksum(bytes, bytes.length - 8) ? Optional.of(vectors) : Optional.empty();
        }
    }

    private static byte[] written(float[][] vectors) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(vectors.length);
            out.writeInt(vectors.length == 0 ? 0 : vectors[0].length);
            for (float[] row : vectors) {
                for (float value : row) {
                    out.writeFloat(value);
                }
            }
            out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    private static long checksum(byte[] bytes, int length) {
        var sum = new CRC32();
        sum.update(bytes, 0, length);
        return sum.getValue();
    }
}
