package dev.yardmaster.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    record Note(String text, Instant at, Optional<Integer> line) {}

    record Holder(Object anything) {}

    record Album(Map<String, Note> notes, List<Shape> shapes, Json more, Optional<Album> next) {}

    record Shelf(Map<String, List<Holder>> holders) {}

    record Heap(@SuppressWarnings("rawtypes") List things) {}

    interface Opaque {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes(@JsonSubTypes.Type(value = Circle.class, name = "circle"))
    sealed interface Shape {}

    record Circle(int radius) implements Shape {}

    record Tree(String name, List<Tree> children) {}

    @Test
    void equal_values_have_equal_texts_whatever_the_order_of_their_keys() {
        assertThat(Json.of(Map.of("b", 1, "a", 2)).sha256())
                .isEqualTo(
                        Json.of(new java.util.TreeMap<>(Map.of("a", 2, "b", 1))).sha256());
    }

    @Test
    void records_come_back_as_they_were() {
        var note = new Note("x", Instant.parse("2026-03-01T10:00:00Z"), Optional.of(3));
        assertThat(Json.of(note).text()).isEqualTo("{\"at\":\"2026-03-01T10:00:00Z\",\"line\":3,\"text\":\"x\"}");
        assertThat(Json.parse(Json.of(note).text()).as(Note.class)).isEqualTo(note);
    }

    @Nested
    class Two_values {

        private void equal(Json one, Json other) {
            assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
            assertThat(one.sha256()).isEqualTo(other.sha256());
        }

        @Test
        void are_equal_whatever_the_order_in_which_a_text_has_their_keys() {
            equal(
                    Json.parse("{\"b\": [ {\"d\":1,\"c\":2} ],\n\"a\":true}"),
                    Json.of(Map.of("a", true, "b", List.of(Map.of("c", 2, "d", 1)))));
        }

        @Test
        void are_equal_when_one_is_in_another_value_and_the_other_came_back_from_a_text() {
            record Call(String tool, Json arguments) {}
            var call = new Call("Edit", Json.parse("{\"old\":\"x\",\"new\":\"y\"}"));
            Json recorded = Json.of(call);
            equal(recorded, Json.parse(recorded.text()));
            assertThat(recorded.as(Call.class)).isEqualTo(call);
            equal(Json.of(recorded.as(Call.class)), recorded);
        }

        @Test
        void are_equal_when_one_is_a_tree() {
            equal(
                    Json.of(Json.parse("{\"b\":1,\"a\":2}").as(com.fasterxml.jackson.databind.JsonNode.class)),
                    Json.of(Map.of("a", 2, "b", 1)));
        }

        @Test
        void are_equal_when_a_type_is_named_in_them() {
            equal(Json.of(new Labelled.Box("x", 3)), Json.parse("{\"area\":3,\"kind\":\"box\",\"name\":\"x\"}"));
        }

        @Test
        void differ_by_order_of_elements_and_by_value() {
            assertThat(Json.parse("[1,2]")).isNotEqualTo(Json.parse("[2,1]"));
            assertThat(Json.parse("{\"a\":1}")).isNotEqualTo(Json.parse("{\"a\":\"1\"}"));
            assertThat(Json.parse("{\"a\":null}")).isNotEqualTo(Json.parse("{}"));
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes(@JsonSubTypes.Type(value = Labelled.Box.class, name = "box"))
    sealed interface Labelled {
        record Box(String name, int area) implements Labelled {}
    }

    @Test
    void a_text_keeps_the_order_of_its_keys() {
        assertThat(Json.parse("{ \"reason\": 1, \"accepted\": 2 }").text()).isEqualTo("{\"reason\":1,\"accepted\":2}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.12345678901234567890123",
                "123456789012345678901234567890",
                "1.50",
                "-0.0",
                "1.0E10",
                "1e-7",
                "1E400"
            })
    void numbers_are_kept_digit_by_digit(String number) {
        record Held(Json value) {}
        assertThat(Json.parse(number).text()).isEqualTo(number);
        assertThat(Json.parse("{\"value\":" + number + "}")
                        .as(Held.class)
                        .value()
                        .text())
                .isEqualTo(number);
        assertThat(Json.parse("{\"z\":" + number + ",\"a\":0}"))
                .isEqualTo(Json.parse("{\"a\":0,\"z\":" + number + "}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"command\":\"ls\",\"command\":\"rm -rf .\"}",
                "{\"a\":{\"b\":1,\"\\u0062\":2}}",
                "[{\"a\":1,\"b\":2,\"a\":1}]"
            })
    void an_object_with_a_key_twice_is_refused(String text) {
        assertThatExceptionOfType(InvalidJsonException.class)
                .isThrownBy(() -> Json.parse(text))
                .withMessageContaining("Duplicate field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "{} {}", "[1", "{\"a\"}", "nul", "01", "'a'"})
    void what_is_not_one_value_is_refused(String text) {
        assertThatExceptionOfType(InvalidJsonException.class).isThrownBy(() -> Json.parse(text));
    }

    @Test
    void a_null_is_none() {
        assertThat(Json.parse("null").isNull()).isTrue();
        assertThat(Json.parse("null")).isEqualTo(Json.none());
    }

    @Test
    void says_where_a_text_is_no_json() {
        assertThatExceptionOfType(InvalidJsonException.class)
                .isThrownBy(() -> Json.parse("{\"a\":\n  oops}"))
                .withMessageContaining("line 2");
    }

    @Test
    void says_what_does_not_fit() {
        assertThatExceptionOfType(InvalidJsonException.class)
                .isThrownBy(() -> Json.parse("{\"radius\":\"wide\"}").as(Circle.class))
                .withMessageContaining("Circle");
    }

    @Test
    void knows_which_types_can_be_stored() {
        assertThat(Json.whyNoJsonForm(Note.class)).isEmpty();
        assertThat(Json.whyNoJsonForm(String.class)).isEmpty();
        assertThat(Json.whyNoJsonForm(Shape.class)).isEmpty();
        assertThat(Json.whyNoJsonForm(Tree.class)).isEmpty();
        assertThat(Json.whyNoJsonForm(Integer.class)).isEmpty();
        assertThat(Json.whyNoJsonForm(Opaque.class)).contains("abstract");
        assertThat(Json.whyNoJsonForm(Holder.class)).contains("component 'anything'");
        assertThat(Json.whyNoJsonForm(Thread.class)).isNotEmpty();
        assertThat(Json.whyNoJsonForm(Album.class)).isEmpty();
        assertThat(Json.whyNoJsonForm(Shelf.class)).contains("component 'anything'");
        assertThat(Json.whyNoJsonForm(Heap.class)).contains("component 'things'");
    }
}
