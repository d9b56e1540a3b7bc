package dev.yardmaster.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {

    record Note(String text, Instant at, Optional<Integer> line) {}

    record Holder(Object anything) {}

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
    }
}
