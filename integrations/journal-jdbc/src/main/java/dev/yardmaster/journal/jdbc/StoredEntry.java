package dev.yardmaster.journal.jdbc;

import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.event.RunStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * An entry as its row holds it.
 *
 * @param hash of the payload, when that is too large for the row; else null
 * @param status where the run stands after it, when it changes that; else null
 */
record StoredEntry(
        RunId run,
        long position,
        long at,
        String path,
        String type,
        int version,
        String codec,
        byte[] payload,
        @Nullable String hash,
        @Nullable RunStatus status) {

    static StoredEntry of(RunEvent.Recorded recorded, Payloads.Encoded payload) {
        var entry = recorded.entry();
        return new StoredEntry(
                recorded.run(),
                recorded.offset(),
                micros(recorded.at()),
                entry.at().value(),
                entry.type(),
                entry.version(),
                payload.codec(),
                payload.bytes(),
                payload.hash(),
                RunStatus.after(entry.fact()).orElse(null));
    }

    long checksum() {
        return Payloads.checksum(run.value(), position, at, path, type, version, codec, hash == null ? payload : hash);
    }

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
