package dev.yardmaster.permission;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which folders of a working tree are repositories of their own (submodules), as the index has it: {@code git status} starts
 * a git in each. (Git's {@code Documentation/gitformat-index.txt}, versions 2 to 4.)
 */
final class GitIndex {

    private static final int SIGNATURE = 0x44495243; // DIRC
    private static final int BEFORE_MODE = 24;
    private static final int AFTER_MODE = 32;
    private static final int GIT_LINK = 0160000;
    private static final int EXTENDED = 0x4000;
    /** A larger one takes too long to read for each decision. */
    private static final long MOST = 64L << 20;

    private GitIndex() {}

    /** Paths of submodules, relative to the working tree; empty when the index cannot be read. */
    static Optional<List<String>> submodules(Path index) {
        try {
            if (!Files.exists(index)) {
                return Optional.of(List.of());
            }
            return Files.size(index) > MOST ? Optional.empty() : read(ByteBuffer.wrap(Files.readAllBytes(index)));
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // whatever it is, it is not what git writes
        }
    }

    private static Optional<List<String>> read(ByteBuffer index) {
        int signature = index.getInt();
        int version = index.getInt();
        int entries = index.getInt();
        if (signature != SIGNATURE || version < 2 || version > 4) {
            return Optional.empty();
        }
        var found = new ArrayList<String>();
        byte[] path = new byte[0];
        for (int i = 0; i < entries; i++) {
            int start = index.position();
            int mode = index.getInt(start + BEFORE_MODE);
            index.position(start + BEFORE_MODE + Integer.BYTES + AFTER_MODE);
            int flags = index.getShort();
            if ((flags & EXTENDED) != 0) {
                index.getShort();
            }
            int kept = version < 4 ? 0 : path.length - offset(index);
            path = path(index, path, kept);
            if (version < 4) {
                int length = index.position() - 1 - start; // without the NUL that ended the path
                index.position(start + (length + Long.BYTES) / Long.BYTES * Long.BYTES);
            }
            if ((mode & 0170000) == GIT_LINK) {
                found.add(new String(path, StandardCharsets.UTF_8));
            }
        }
        return Optional.of(found);
    }

    /** What is kept of the path before, and what follows up to a NUL. */
    private static byte[] path(ByteBuffer index, byte[] before, int kept) {
        int start = index.position();
        int end = start;
        while (index.get(end) != 0) {
            end++;
        }
        byte[] path = new byte[kept + end - start];
        System.arraycopy(before, 0, path, 0, kept);
        index.get(path, kept, end - start);
        index.get();
        return path;
    }

    /** A number as pack files have offsets: seven bits a byte, each further byte counts one more. */
    private static int offset(ByteBuffer index) {
        int octet = index.get() & 0xff;
        int value = octet & 0x7f;
        while ((octet & 0x80) != 0) {
            octet = index.get() & 0xff;
            value = (value + 1 << 7) + (octet & 0x7f);
        }
        return value;
    }
}
