package dev.yardmaster.journal;

import dev.yardmaster.event.RunId;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * What payloads (inputs, outputs, questions, answers: all that entries say) pass through on their way to storage and
 * back, such as encryption or redaction. What runs are found by is not a payload and is stored as it is: their ids, graph
 * names, labels, states and times, and the paths and kinds of entries. Thread-safe; called on the thread that appends.
 */
public interface PayloadCodec {

    /** Names it in storage, so that what it wrote is never read by another; at most 64 characters. */
    String name();

    /** @param payload JSON as UTF-8 */
    byte[] encode(RunId run, byte[] payload);

    /**
     * The inverse of {@link #encode}, as far as there is one.
     *
     * @throws RuntimeException when this was not written by it, or was changed; reported as a damaged journal
     */
    byte[] decode(RunId run, byte[] stored);

    /** Stores payloads as they are. */
    static PayloadCodec plain() {
        return redacting(UnaryOperator.identity());
    }

    /**
     * Stores payloads as plain text without their secrets. What is redacted is gone: a resumed run reads the redacted
     * text.
     *
     * @param redaction JSON text to JSON text of the same shape
     */
    static PayloadCodec redacting(UnaryOperator<String> redaction) {
        return new PayloadCodec() {
            @Override
            public String name() {
                return "plain";
            }

            @Override
            public byte[] encode(RunId run, byte[] payload) {
                return redaction
                        .apply(new String(payload, StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public byte[] decode(RunId run, byte[] stored) {
                return stored;
            }
        };
    }
}
