package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Effect;
import dev.yardmaster.event.Json;
import dev.yardmaster.event.Usage;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.graph.Update;
import dev.yardmaster.journal.MemoryJournal;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.Model;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.tool.FunctionTool;
import dev.yardmaster.tool.ToolCall;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

    private static List<String> among(List<String> loaded, String names) {
        return loaded.stream().filter(name -> name.matches(names)).toList();
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
            assertThat(among(loaded, LINKED_LATE)).isEmpty();
        }

        @Test
        void does_without_data_binding() {
            assertThat(among(loaded, "com\\.fasterxml\\.jackson\\.databind\\.ObjectMapper"))
                    .isEmpty();
        }

        @Test
        void does_without_the_fingerprint_of_its_graph() {
            assertThat(among(loaded, "java\\.security\\.MessageDigest")).isEmpty();
        }

        @Test
        void does_without_counting_money() {
            assertThat(among(loaded, "java\\.math\\.BigDecimal")).isEmpty();
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class The_first_agent {

        private List<String> loaded;

        @BeforeAll
        void run() throws IOException, InterruptedException {
            loaded = loadedBy(FirstAgent.class);
            assertThat(loaded).contains("dev.yardmaster.tool.builtin.BashTool");
        }

        @Test
        void does_without_data_binding() {
            assertThat(among(loaded, "com\\.fasterxml\\.jackson\\.databind\\.ObjectMapper"))
                    .isEmpty();
        }

        @Test
        void does_without_what_records_say_of_themselves() {
            assertThat(among(loaded, "java\\.lang\\.runtime\\.ObjectMethods")).isEmpty();
        }

        @Test
        void does_without_what_stands_by_for_failures() {
            assertThat(among(loaded, "io\\.github\\.resilience4j\\.(retry|circuitbreaker)\\..*"))
                    .isEmpty();
        }

        @Test
        void does_without_the_web_and_what_is_known_of_the_machine() {
            assertThat(among(loaded, "(org\\.apache\\.hc|java\\.net\\.http|java\\.lang\\.management)\\..*"))
                    .isEmpty();
        }
    }

    /** One call of a tool, then the answer. */
    static final class FirstAgent {

        record City(String name) {}

        public static void main(String[] args) throws InterruptedException {
            var question = Channel.of("question", String.class);
            var answer = Channel.of("answer", String.class);
            AgentRuntime runtime = AgentRuntime.builder()
                    .agents(AgentDefinition.of("guide", "Tells the weather", "You know the weather.")
                            .withTools("Weather"))
                    .tools(FunctionTool.of("Weather", "Tells the weather", City.class, city -> "dry in " + city.name())
                            .withEffect(Effect.READ_ONLY))
                    .model(new Oracle())
                    .build();
            var graph = Graph.builder("agent")
                    .channels(question, answer)
                    .node("guide", runtime.agent("guide").reads(question).writes(answer))
                    .start("guide")
                    .build();
            try (Orchestrator orchestrator =
                    Orchestrator.builder().journal(new MemoryJournal()).build()) {
                var end = (Outcome.Completed) orchestrator
                        .start(graph, State.of(question, "What is it like?"))
                        .await();
                if (!end.state().get(answer).equals("It is dry in Oslo.")) {
                    throw new IllegalStateException(end.state().toString());
                }
            }
        }
    }

    private static final class Oracle implements Model {

        @Override
        public String name() {
            return "stub:oracle";
        }

        @Override
        public ModelReply reply(ModelRequest request) {
            return request.messages().getLast() instanceof Message.ToolOutput output
                    ? new ModelReply(
                            Message.Assistant.of("It is " + output.text() + "."),
                            new Usage(120, 10),
                            ModelReply.Finish.STOP)
                    : new ModelReply(
                            Message.Assistant.of("", new ToolCall("1", "Weather", Json.of(Map.of("name", "Oslo")))),
                            new Usage(100, 10),
                            ModelReply.Finish.TOOL_CALLS);
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
