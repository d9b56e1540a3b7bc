package dev.yardmaster.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EntryTest {

    static Stream<Fact> facts() {
        var failure = new Failure("node.exception", "broken", true, NodePath.of("a#2"), Map.of("k", "v"));
        return Stream.of(
                new Fact.RunAdmitted(
                        "g", "f", Json.parse("{\"task\":\"x\"}"), Map.of("l", "1"), Optional.of(new RunId("parent"))),
                new Fact.NodeStarted(2),
                new Fact.NodeCompleted(List.of(new Fact.Write("c", Json.of(List.of(1, 2)), true)), List.of("b", "END")),
                new Fact.NodeFailed(failure, false),
                new Fact.StepStarted("turn/1/model", Effect.PROBED, Json.of(Map.of("a", 1)), "hash", 1),
                new Fact.StepFinished(
                        "turn/1/model",
                        Optional.of(Json.of("x")),
                        Optional.empty(),
                        Optional.of(new Usage(3, 4)),
                        Duration.ofMillis(1500)),
                new Fact.StepFinished("s", Optional.empty(), Optional.of(failure), Optional.empty(), Duration.ZERO),
                new Fact.QuestionAsked("q", Question.of("why?", "yes", "no")),
                new Fact.QuestionAnswered(new Answer("q", "yes", "because", "me")),
                new Fact.TimerSet("timer", Instant.parse("2026-01-01T00:00:00Z")),
                new Fact.TimerFired("timer"),
                new Fact.Noted("turn/1/model", Json.of(Map.of("attempt", 1))),
                new Fact.RunSuspended("waits"),
                new Fact.RunResumed(2),
                new Fact.RunCompleted(),
                new Fact.RunFailed(List.of(failure)),
                new Fact.RunCancelled("enough"),
                new Fact.RunForked(new RunId("other"), 17));
    }

    @ParameterizedTest
    @MethodSource("facts")
    void reads_back_every_fact_as_it_was_written(Fact fact) {
        var entry = new Entry(NodePath.of("backend/test[3]"), fact);
        assertThat(Entry.read(entry.type(), entry.version(), entry.at(), entry.json()))
                .isEqualTo(entry);
    }

    @Test
    void every_kind_of_fact_is_tried_here() {
        assertThat(facts().map(Object::getClass).distinct())
                .containsAll(Stream.of(Fact.class.getPermittedSubclasses()).toList());
    }

    @Test
    void refuses_an_entry_of_an_unknown_type_or_a_newer_version() {
        assertThatExceptionOfType(NewerVersionException.class)
                .isThrownBy(() -> Entry.read("node.vanished", 1, NodePath.run(), "{}"))
                .withMessageContaining("'node.vanished'");
        assertThatExceptionOfType(NewerVersionException.class)
                .isThrownBy(() -> Entry.read("node.started", 99, NodePath.run(), "{}"))
                .withMessageContaining("version 99");
    }

    @Test
    void reads_answers_of_earlier_versions_that_gave_no_reason() {
        var answer = Json.parse("{\"question\":\"q\",\"choice\":\"yes\",\"reason\":null}")
                .as(Answer.class);
        assertThat(answer).isEqualTo(new Answer("q", "yes", "", ""));
    }
}
