package dev.yardmaster.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.yardmaster.event.Answer;
import dev.yardmaster.event.Entry;
import dev.yardmaster.event.Fact;
import dev.yardmaster.event.RunEvent;
import dev.yardmaster.event.RunId;
import dev.yardmaster.journal.CorruptJournalException;
import dev.yardmaster.journal.Journal;
import dev.yardmaster.journal.Lease;
import dev.yardmaster.journal.PayloadCodec;
import dev.yardmaster.journal.RunQuery;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredPayloadsTest {

    private static final RunId RUN = new RunId("run");
    private static final String SECRET = "sk-this-is-very-secret";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("runs.db");
    }

    private void store(PayloadCodec codec, String input) {
        try (Journal journal = SqliteJournal.builder(file).codec(codec).open()) {
            Lease lease = journal.create(RUN, Entries.admitted()).orElseGet(() -> journal.acquire(RUN));
            lease.append(Entries.step(1, input));
            journal.answer(RUN, new Answer("q" + lease.epoch(), "yes", SECRET, "me"));
        }
    }

    private static String input(RunEvent.Recorded entry) {
        return ((Fact.StepStarted) entry.entry().fact()).input().as(String.class);
    }

    private String file() throws Exception {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    @Test
    void an_encrypting_codec_leaves_nothing_readable_in_the_file() throws Exception {
        var codec = new Encrypting("key-1");
        store(codec, SECRET + "z".repeat(100_000));
        assertThat(file()).doesNotContain(SECRET).doesNotContain("zzzzzzzz");
        try (Journal journal = SqliteJournal.builder(file).codec(codec).open()) {
            assertThat(input(journal.read(RUN, 1).getFirst()))
                    .startsWith(SECRET)
                    .hasSize(100_022);
            assertThat(journal.requests(RUN).answers())
                    .extracting(Answer::reason)
                    .containsExactly(SECRET);
        }
    }

    @Test
    void a_codec_may_be_replaced_and_the_old_one_kept_for_reading() {
        store(PayloadCodec.plain(), "plain");
        store(new Encrypting("key-1"), "old");
        store(new Encrypting("key-2"), "new");
        try (Journal journal = SqliteJournal.builder(file)
                .codec(new Encrypting("key-2"))
                .alsoReads(new Encrypting("key-1"))
                .open()) {
            assertThat(journal.read(RUN, 1))
                    .extracting(StoredPayloadsTest::input)
                    .containsExactly("plain", "old", "new");
        }
        try (Journal journal =
                SqliteJournal.builder(file).codec(new Encrypting("key-2")).open()) {
            assertThatExceptionOfType(CorruptJournalException.class)
                    .isThrownBy(() -> journal.read(RUN, 0))
                    .withMessageContainingAll("'key-1'", "open the journal with it");
        }
    }

    @Test
    void what_is_redacted_never_reaches_the_file() throws Exception {
        var codec = PayloadCodec.redacting(json -> json.replace(SECRET, "[secret]"));
        store(codec, "key=" + SECRET);
        assertThat(file()).doesNotContain(SECRET);
        try (Journal journal = SqliteJournal.builder(file).open()) {
            assertThat(input(journal.read(RUN, 1).getFirst())).isEqualTo("key=[secret]");
        }
    }

    @Test
    void large_payloads_that_are_equal_are_stored_once_and_go_with_their_last_run() throws Exception {
        String large = "0123456789".repeat(40_000);
        try (Journal journal = SqliteJournal.builder(file).open()) {
            for (String name : List.of("a", "b", "c")) {
                Lease lease =
                        journal.create(new RunId(name), Entries.admitted()).orElseThrow();
                for (int i = 0; i < 5; i++) {
                    lease.append(Entries.step(7, large));
                }
                lease.append(Entry.ofRun(new Fact.RunCompleted()));
                lease.close();
            }
        }
        assertThat(Files.size(file)).isLessThan(1_000_000);
        try (Journal journal = SqliteJournal.builder(file).open()) {
            assertThat(journal.prune(RunQuery.all().newest(2))).hasSize(2);
            assertThat(input(journal.read(new RunId("a"), 0).get(3))).isEqualTo(large);
            journal.prune(RunQuery.all());
        }
        Sql.run(file, "VACUUM");
        assertThat(Files.size(file)).isLessThan(200_000);
    }

    /** AES-GCM with the run as associated data: an entry of one run cannot pass for one of another. */
    private record Encrypting(String name) implements PayloadCodec {

        @Override
        public byte[] encode(RunId run, byte[] payload) {
            byte[] nonce = new byte[12];
            new SecureRandom().nextBytes(nonce);
            byte[] secret = cipher(Cipher.ENCRYPT_MODE, run, nonce, payload);
            return ByteBuffer.allocate(12 + secret.length)
                    .put(nonce)
                    .put(secret)
                    .array();
        }

        @Override
        public byte[] decode(RunId run, byte[] stored) {
            var buffer = ByteBuffer.wrap(stored);
            byte[] nonce = new byte[12];
            buffer.get(nonce);
            byte[] secret = new byte[buffer.remaining()];
            buffer.get(secret);
            return cipher(Cipher.DECRYPT_MODE, run, nonce, secret);
        }

        private byte[] cipher(int mode, RunId run, byte[] nonce, byte[] input) {
            try {
                var cipher = Cipher.getInstance("AES/GCM/NoPadding");
                byte[] key = (name + "................").substring(0, 16).getBytes(StandardCharsets.UTF_8);
                cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
                cipher.updateAAD(run.value().getBytes(StandardCharsets.UTF_8));
                return cipher.doFinal(input);
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("cannot be decrypted", e);
            }
        }
    }
}
