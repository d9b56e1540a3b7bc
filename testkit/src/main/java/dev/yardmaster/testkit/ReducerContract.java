package dev.yardmaster.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yardmaster.event.Json;
import dev.yardmaster.graph.Reducer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every reducer has to keep. A test of yours implements this and needs JUnit; equality is that of the values' JSON
 * forms, because those are what is recorded.
 */
public interface ReducerContract<T> {

    Reducer<T> reducer();

    /** Three values or more, as different as they can be: empty ones, equal ones, ones that clash. */
    List<T> samples();

    private static String json(Object value) {
        return Json.of(value).text();
    }

    private List<T> enough() {
        assertThat(samples()).as("samples").hasSizeGreaterThanOrEqualTo(3);
        return samples();
    }

    /** Writes of a loop are folded among themselves before they meet what was there before. */
    @Test
    default void is_associative() {
        Reducer<T> reducer = reducer();
        for (T a : enough()) {
            for (T b : samples()) {
                for (T c : samples()) {
                    assertThat(json(reducer.reduce(reducer.reduce(a, b), c)))
                            .as(
                                    "reducer '%s': (a, b), c and a, (b, c) of a = %s, b = %s, c = %s",
                                    reducer.name(), a, b, c)
                            .isEqualTo(json(reducer.reduce(a, reducer.reduce(b, c))));
                }
            }
        }
    }

    /** Values are shared between branches: who changes one changes it for all. */
    @Test
    default void leaves_its_arguments_as_they_are() {
        var before = new ArrayList<String>();
        enough().forEach(sample -> before.add(json(sample)));
        List<T> samples = samples();
        for (T a : samples) {
            samples.forEach(b -> reducer().reduce(a, b));
        }
        assertThat(samples)
                .as("samples after")
                .extracting(ReducerContract::json)
                .isEqualTo(before);
    }

    /** A run that is replayed has to come out the same. */
    @Test
    default void gives_the_same_for_the_same() {
        for (T a : enough()) {
            for (T b : samples()) {
                assertThat(json(reducer().reduce(a, b)))
                        .isEqualTo(json(reducer().reduce(a, b)));
            }
        }
    }

    /** The name is part of a graph's fingerprint. */
    @Test
    default void has_a_name() {
        assertThat(reducer().name()).isNotBlank();
    }
}
