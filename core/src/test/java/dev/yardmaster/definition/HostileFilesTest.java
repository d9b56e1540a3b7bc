package dev.yardmaster.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of the largest size that were made to keep the reader busy: each took minutes before, or is near to one that did. */
class HostileFilesTest {

    private static final int SIZE = 1_000_000;

    record Hostile(String what, String text) {
        @Override
        public String toString() {
            return what;
        }
    }

    static List<Hostile> files() {
        String head = "---\nname: x\ndescription: d\n";
        String tolerant = "---\nname: x\ndescription: a: b ";
        String tail = "\n---\nprompt\n";
        return List.of(
                new Hostile("quotes that never close", tolerant + "<example>" + filled("user: \"x ") + tail),
                new Hostile("backslashes", "---\nname: x\ndescription: " + filled("\\") + tail),
                new Hostile("examples that never close", tolerant + filled("<example>") + tail),
                new Hostile("tags that never close", tolerant + "<example>" + filled("<user> ") + tail),
                new Hostile("sentences for keys", head + filled("k k%d: 1\n") + tail),
                new Hostile("keys without end", tolerant + "\n" + filled("k%d: 1\n") + tail),
                new Hostile("the same key without end", tolerant + "\n" + filled("tools: Read\n") + tail),
                new Hostile("headings above keys", "---\nname: x\n" + filled("# h\ntools: Read\n")),
                new Hostile("parentheses", head + "tools: " + filled("(") + tail),
                new Hostile("blank lines", "---\n" + filled("\n") + "name: x" + tail),
                new Hostile("open items", head + "---\n" + filled("- [ ] ")));
    }

    private static String filled(String piece) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < SIZE; i++) {
            text.append(piece.replace("%d", String.valueOf(i)));
        }
        return text.toString();
    }

    /** The time is a net for what grows with the square of the size; a second is usual. */
    @ParameterizedTest
    @MethodSource("files")
    @Timeout(120)
    void are_read_in_time_that_grows_with_their_size(Hostile file) {
        Reading reading = new AgentReader().read("x.md", file.text().getBytes(StandardCharsets.UTF_8));
        assertThat(reading.diagnostics()).hasSizeLessThan(250);
    }
}
