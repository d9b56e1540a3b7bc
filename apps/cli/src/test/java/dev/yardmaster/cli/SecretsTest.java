package dev.yardmaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.cli.Calls.Said;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys that agents come across are recorded nowhere, and runs go on all the same. */
@Timeout(120)
class SecretsTest {

    private static final String SHAPED = "sk-proj-canary1234567890abcdef";
    private static final String NAMED = "canary-of-the-environment";

    @TempDir
    Path temporary;

    private static String stored(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(".yardmaster"))) { // the database, its log and its index
            var all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
            return all.toString();
        }
    }

    @Test
    void a_key_that_is_printed_read_given_or_answered_is_in_no_byte_of_the_journal() throws IOException {
        var calls = new Calls(temporary).with("SHOP_API_KEY", NAMED);
        calls.file("shop/.env", "OPENAI=" + SHAPED + "\nSHOP=" + NAMED + "\nCOLOUR=blue\n");
        calls.file("team/clerk.md", "---\nname: clerk\ndescription: look after the shop\n---\nYou look.\n");
        calls.file("clerk.yaml", """
                version: 1
                agents:
                  clerk:
                    - call: [{Read: {file_path: .env}}, {Bash: {command: "cat .env"}}]
                    - call: {Bash: {command: "touch asked"}}
                    - call: {Edit: {file_path: .env, old_string: "COLOUR=blue", new_string: "COLOUR=green"}}
                    - call: {Write: {file_path: copy.env, content: "OPENAI=[redacted: a key]"}}
                    - say: "The key is %s."
                """.formatted(NAMED));
        Said waits = calls.call(
                "do",
                "look after the shop with " + SHAPED,
                "--agent",
                "clerk",
                "--agents",
                "team",
                "--workspace",
                "shop",
                "--model",
                "script:clerk.yaml",
                "--mode",
                "acceptEdits",
                "--allow",
                "Bash(cat *)",
                "--ask",
                "Bash(touch *)");
        assertThat(waits.exit()).as(waits.out() + waits.err()).isEqualTo(3);
        assertThat(stored(calls.folder())).doesNotContain(SHAPED, NAMED).contains("[redacted: SHOP_API_KEY]");

        Said answered = calls.call("answer", "last", "1", "allow", "--reason", "it is " + NAMED);
        assertThat(answered.exit()).as(answered.err()).isZero();
        Said done = calls.call("resume");
        assertThat(done.exit()).as(done.out() + done.err()).isZero();

        assertThat(stored(calls.folder()))
                .doesNotContain(SHAPED, NAMED)
                .contains("[redacted: a key]", "[redacted: SHOP_API_KEY]");
        String exported = calls.call("export", "last").out();
        assertThat(exported).doesNotContain(SHAPED, NAMED).contains("COLOUR=blue");
        assertThat(Files.readString(calls.folder().resolve("shop/.env"))).contains(SHAPED, NAMED, "COLOUR=green");
        assertThat(calls.folder().resolve("shop/copy.env")).doesNotExist();
        assertThat(done.out().replaceAll("\\s+", " ")).contains("stands for a secret");

        assertThat(calls.call("replay", "last").exit()).isZero();
    }
}
