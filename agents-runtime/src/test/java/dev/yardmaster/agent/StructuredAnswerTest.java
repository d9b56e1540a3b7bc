package dev.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.yardmaster.definition.AgentDefinition;
import dev.yardmaster.event.Json;
import dev.yardmaster.graph.Channel;
import dev.yardmaster.graph.Graph;
import dev.yardmaster.graph.State;
import dev.yardmaster.model.Message;
import dev.yardmaster.model.ModelReply;
import dev.yardmaster.model.ModelRequest;
import dev.yardmaster.model.ScriptedModel;
import dev.yardmaster.model.ScriptedReply;
import dev.yardmaster.run.Orchestrator;
import dev.yardmaster.run.Outcome;
import dev.yardmaster.tool.SchemaCheck;
import dev.yardmaster.tool.TypeSchema;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StructuredAnswerTest {

    enum Severity {
        LOW,
        HIGH
    }

    record Finding(
            @JsonPropertyDescription("path and line") String where, Severity severity, Optional<String> remedy) {}

    record Report(boolean accepted, int score, List<Finding> findings) {
        Report {
            if (score < 0 || score > 10) {
                throw new IllegalArgumentException("score has to be 0 to 10, not " + score);
            }
        }
    }

    static final Channel<String> TASK = Channel.of("task", String.class);
    static final Channel<Report> REPORT = Channel.of("report", Report.class);
    static final AgentDefinition REVIEWER = AgentDefinition.of("reviewer", "Reviews", "You review.");
    static final String FITTING =
            "{\"accepted\": true, \"score\": 7, \"findings\": [{\"where\": \"a.py:3\", \"severity\": \"LOW\"}]}";

    final List<ModelRequest> asked = new CopyOnWriteArrayList<>();

    @TempDir
    Path workspace;

    <T> Outcome run(AgentDefinition agent, Channel<T> channel, ScriptedReply... replies) throws Exception {
        var runtime = AgentRuntime.builder()
                .agents(agent)
                .model(ScriptedModel.replies("reviewer", replies))
                .workspace(workspace)
                .intercept(new Interceptor() {
                    @Override
                    public ModelReply aroundReply(ModelRequest request, NextReply next) throws Exception {
                        asked.add(request);
                        return next.proceed(request);
                    }
                })
                .build();
        var graph = Graph.builder("review")
                .channels(TASK, channel)
                .node("review", runtime.agent("reviewer").reads(TASK).writes(channel))
                .start("review")
                .build();
        try (var orchestrator = Orchestrator.inMemory()) {
            return orchestrator.start(graph, State.of(TASK, "review it")).await();
        }
    }

    <T> Outcome run(Channel<T> channel, String... says) throws Exception {
        return run(
                REVIEWER,
                channel,
                java.util.Arrays.stream(says).map(ScriptedReply::say).toArray(ScriptedReply[]::new));
    }

    static <T> T written(Outcome outcome, Channel<T> channel) {
        assertThat(outcome).as(() -> outcome.view().failures().toString()).isInstanceOf(Outcome.Completed.class);
        return ((Outcome.Completed) outcome).state().get(channel);
    }

    String told(int request) {
        return asked.get(request).messages().getLast() instanceof Message.User user ? user.text() : "";
    }

    @Nested
    class An_answer {
        @Test
        void that_fits_is_written_as_the_channels_type() throws Exception {
            var outcome = run(REPORT, FITTING);
            assertThat(written(outcome, REPORT))
                    .isEqualTo(new Report(true, 7, List.of(new Finding("a.py:3", Severity.LOW, Optional.empty()))));
            assertThat(((Message.System) asked.getFirst().messages().getFirst()).text())
                    .contains(
                            "# Your answer",
                            "\"severity\":{\"type\":\"string\",\"enum\":[\"LOW\",\"HIGH\"]}",
                            "path and line");
        }

        @Test
        void may_come_in_a_fence_or_in_a_sentence() throws Exception {
            written(run(REPORT, "Here {you} are:\n```json\n" + FITTING + "\n```\nBye."), REPORT);
            written(run(REPORT, "My verdict is " + FITTING + " as you wished."), REPORT);
        }

        @Test
        void that_does_not_fit_goes_back_with_every_reason() throws Exception {
            var outcome = run(
                    REPORT,
                    "{\"accepted\": \"yes\", \"findings\": [{\"where\": \"x\", \"severity\": \"HIHG\"}], \"socre\": 3}",
                    "I think it is fine.",
                    FITTING);
            assertThat(written(outcome, REPORT).score()).isEqualTo(7);
            assertThat(told(1))
                    .contains(
                            "'accepted' has to be of type boolean, not \"yes\"",
                            "'score' is missing",
                            "'socre' is not known",
                            "'findings/0/severity' has to be one of LOW, HIGH, not \"HIHG\"; did you mean 'HIGH'?");
            assertThat(told(2)).contains("not JSON");
        }

        @Test
        void that_the_records_own_constructor_refuses_goes_back_in_its_words() throws Exception {
            var outcome = run(REPORT, FITTING.replace("7", "11"), FITTING);
            assertThat(written(outcome, REPORT).score()).isEqualTo(7);
            assertThat(told(1)).contains("score has to be 0 to 10, not 11");
        }

        @Test
        void that_never_fits_fails_the_node_and_says_what_to_do() throws Exception {
            var view = run(REPORT, "no", "nope", "never").view();
            assertThat(view.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.kind()).isEqualTo("unfit-answer");
                assertThat(failure.message())
                        .contains(
                                "agent 'reviewer'",
                                "channel 'report'",
                                "3 attempts",
                                "It said: never",
                                "JsonPropertyDescription");
            });
        }

        @Test
        void may_be_a_list_an_enum_or_a_number_and_is_asked_for_as_a_property() throws Exception {
            Channel<List<Finding>> findings = Channel.listOf("findings", Finding.class);
            assertThat(written(run(findings, "{\"answer\": [{\"where\": \"a\", \"severity\": \"HIGH\"}]}"), findings))
                    .hasSize(1);
            assertThat(written(run(findings, "[]"), findings)).isEmpty();
            Channel<Severity> severity = Channel.of("severity", Severity.class);
            assertThat(written(run(severity, "{\"answer\": \"LOW\"}"), severity))
                    .isEqualTo(Severity.LOW);
            Channel<Integer> number = Channel.of("number", Integer.class);
            assertThat(written(run(number, "{\"answer\": \"x\"}", "{\"answer\": 4}"), number))
                    .isEqualTo(4);
            assertThat(asked.getLast().messages().toString()).contains("'answer' has to be of type integer");
        }

        @Test
        void of_a_type_without_a_json_form_is_refused_when_the_graph_is_made() {
            var agent = AgentRuntime.builder()
                    .agents(REVIEWER)
                    .model(ScriptedModel.replies("reviewer", "x"))
                    .build()
                    .agent("reviewer");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> agent.writes(Channel.of("thread", Thread.class)))
                    .withMessageContaining("no fixed form");
        }
    }

    @Nested
    class With_a_checklist {
        final AgentDefinition careful = REVIEWER.withChecklist("Looked at the code");
        final ScriptedReply looks = ScriptedReply.call("Glob", Map.of("pattern", "*"));
        final ScriptedReply shows =
                ScriptedReply.say("{\"checklist\": [{\"item\": 1, \"verdict\": \"done\", \"calls\": [\"1.1\"]}]}");

        @Test
        void the_words_said_before_it_are_the_answer_when_they_fit_and_nothing_was_done_since() throws Exception {
            var outcome = run(careful, REPORT, looks, ScriptedReply.say(FITTING), shows);
            assertThat(written(outcome, REPORT).score()).isEqualTo(7);
        }

        @Test
        void the_answer_is_asked_for_once_the_checklist_is_through() throws Exception {
            var outcome =
                    run(careful, REPORT, looks, ScriptedReply.say("I am done."), shows, ScriptedReply.say(FITTING));
            assertThat(written(outcome, REPORT).score()).isEqualTo(7);
            assertThat(told(3)).startsWith("Now give your final answer.");
        }

        @Test
        void the_answer_is_asked_for_anew_when_more_was_done_for_the_checklist() throws Exception {
            var outcome = run(
                    careful,
                    REPORT,
                    ScriptedReply.say(FITTING.replace("7", "1")),
                    looks,
                    ScriptedReply.say("{\"checklist\": [{\"item\": 1, \"verdict\": \"done\", \"calls\": [\"2.1\"]}]}"),
                    ScriptedReply.say(FITTING));
            assertThat(written(outcome, REPORT).score()).isEqualTo(7);
        }
    }

    @Nested
    class The_schema {
        @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
        @JsonSubTypes({
            @JsonSubTypes.Type(value = Circle.class, name = "circle"),
            @JsonSubTypes.Type(value = Square.class, name = "square")
        })
        sealed interface Shape permits Circle, Square {}

        record Circle(double radius) implements Shape {}

        record Square(long side, @Nullable String colour) implements Shape {}

        record Tree(String name, List<Tree> children) {}

        record Calendar(LocalDate day, Map<String, Integer> counts) {}

        List<String> problems(Class<?> type, String json) {
            return new SchemaCheck(TypeSchema.of(type)).problems(Json.parse(json));
        }

        @Test
        void of_alternatives_asks_for_the_one_that_the_answer_names() {
            assertThat(problems(Shape.class, "{\"kind\": \"square\", \"side\": 2}"))
                    .isEmpty();
            assertThat(problems(Shape.class, "{\"kind\": \"circle\"}")).containsExactly("'radius' is missing");
            assertThat(problems(Shape.class, "{\"kind\": \"cube\"}"))
                    .containsExactly("it has to be one of: kind: \"circle\", kind: \"square\"");
        }

        @Test
        void of_a_type_that_holds_itself_refers_to_itself() {
            assertThat(TypeSchema.of(Tree.class).text()).contains("\"$ref\":\"#/$defs/Tree\"");
            assertThat(problems(Tree.class, "{\"name\": \"a\", \"children\": [{\"name\": \"b\", \"children\": [1]}]}"))
                    .containsExactly("'children/0/children/0' has to be of type object, not 1");
        }

        @Test
        void knows_maps_and_dates() {
            assertThat(problems(Calendar.class, "{\"day\": \"2030-01-31\", \"counts\": {\"a\": 1}}"))
                    .isEmpty();
            assertThat(problems(Calendar.class, "{\"day\": 3, \"counts\": {\"a\": \"b\"}}"))
                    .containsExactly(
                            "'day' has to be of type string, not 3", "'counts/a' has to be of type integer, not \"b\"");
            assertThat(TypeSchema.of(Calendar.class).text()).contains("2030-01-31");
        }
    }
}
