package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.journal.MemoryJournal;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What a new process loads before its first result: each of these costs milliseconds once, and a process that starts pays
 * all of them. Looks at the classes, which are the same on every machine, instead of the time (docs/decisions/0131).
 */
class ColdStartTest {

    private static final Pattern LOADED = Pattern.compile("(?m)^.*\\[class,load\\] (\\S+) source: (.*)$");

    /** Made when the place in the code is first come to; the JDK's own are in its archive. */
    private static final String LINKED_LATE = ".*\\$\\$(TypeSwitch|StringConcat)/.*|.*\\.ObjectMethods(\\$.*)?";

    private static List<String> loadedBy(Class<?> main) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:stdout",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(printed).isZero();
        return LOADED.matcher(printed).results().map(ColdStartTest::name).toList();
    }

    private static String name(MatchResult loaded) {
        return loaded.group(1);
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class The_first_graph {

        private List<String> loaded;

        @BeforeAll
        void run() throws IOException, InterruptedException {
            loaded = loadedBy(FirstGraph.class);
            assertThat(loaded).contains("dev.yardmaster.run.LiveRun");
        }

        @Test
        void does_without_what_is_linked_at_the_first_use_of_each_place() {
            assertThat(loaded).noneMatch(name -> name.matches(LINKED_LATE));
        }

        @Test
        void does_without_data_binding() {
            assertThat(loaded).doesNotContain("com.fasterxml.jackson.databind.ObjectMapper");
        }

        @Test
        void does_without_the_fingerprint_of_its_graph() {
            assertThat(loaded).doesNotContain("java.security.MessageDigest");
        }

        @Test
        void does_without_counting_money() {
            assertThat(loaded).doesNotContain("java.math.BigDecimal");
        }
    }

    /** Three nodes in a row, in memory. */
    static final class FirstGraph {

        private static final Channel<String> TEXT = Channel.of("text", String.class);

        public static void main(String[] args) throws InterruptedException {
            var graph = Graph.builder("first")
                    .channels(TEXT)
                    .node(
                            "one",
                            (state, context) -> Update.of(TEXT, state.get(TEXT).concat("1")))
                    .node(
                            "two",
                            (state, context) -> Update.of(TEXT, state.get(TEXT).concat("2")))
                    .node("three", (state, context) -> Update.none())
                    .start("one")
                    .edge("one", "two")
                    .edge("two", "three")
                    .build();
            try (Orchestrator orchestrator = Orchestrator.builder()
                    .journal(new MemoryJournal())
                    .listener(event -> {})
                    .build()) {
                var end = (Outcome.Completed)
                        orchestrator.start(graph, State.of(TEXT, "0")).await();
                if (!end.state().get(TEXT).equals("012")) {
                    throw new IllegalStateException(end.state().toString());
                }
            }
        }
    }
}
