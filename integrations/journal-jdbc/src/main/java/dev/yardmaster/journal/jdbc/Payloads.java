package dev.yardmaster.journal.jdbc;

import dev.yardmaster.event.RunId;
import dev.yardmaster.journal.CorruptJournalException;
import dev.yardmaster.journal.PayloadCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** How what entries say becomes bytes and is read back. */
final class Payloads {

    /** Larger ones are stored once by their hash, beside the entries. */
    static final int LARGE = 64 * 1024;

    private final PayloadCodec codec;
    private final boolean asTheyAre;
    private final Map<String, PayloadCodec> codecs;

    /** @param asTheyAre whether the codec changes nothing */
    Payloads(PayloadCodec codec, boolean asTheyAre, Map<String, PayloadCodec> codecs) {
        this.codec = codec;
        this.asTheyAre = asTheyAre;
        this.codecs = Map.copyOf(codecs);
    }

    /** A payload as it is stored. @param hash of one that is too large for a row; else null */
    record Encoded(String codec, byte[] bytes, @Nullable String hash) {}

    Encoded encode(RunId run, String json) {
        byte[] bytes = codec.encode(run, json.getBytes(StandardCharsets.UTF_8));
        return new Encoded(codec.name(), bytes, bytes.length > LARGE ? hash(bytes) : null);
    }

    /** Whether what is read is what was written, because nothing is left out on the way. */
    boolean areKeptAsTheyAre() {
        return asTheyAre;
    }

    String decode(RunId run, String codecName, byte[] stored) {
        PayloadCodec writer = codecs.get(codecName);
        if (writer == null) {
            throw new CorruptJournalException(
                    "run '" + run + "' was written with the payload codec '" + codecName
                            + "'; open the journal with it to read this run. Known here: "
                            + String.join(", ", codecs.keySet()),
                    null);
        }
        try {
            return new String(writer.decode(run, stored), StandardCharsets.UTF_8);
        } catch (RuntimeException e) {
            throw new CorruptJournalException(
                    "payload codec '" + codecName + "' cannot read an entry of run '" + run + "': " + e.getMessage(),
                    e);
        }
    }

    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** A checksum over all columns of a row, in order. */
    static long checksum(Object... columns) {
        var crc = new CRC32C();
        for (Object column : columns) {
            byte[] bytes = switch (column) {
                case byte[] raw -> raw;
                case Number number ->
                    ByteBuffer.allocate(8).putLong(number.longValue()).array();
                default -> column.toString().getBytes(StandardCharsets.UTF_8);
            };
            crc.update(bytes);
            crc.update(0xff); // never part of UTF-8: keeps 'ab','c' from 'a','bc'
        }
        return crc.getValue();
    }
}
