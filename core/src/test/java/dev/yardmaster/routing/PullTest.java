package dev.yardmaster.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PullTest {

    private static final float[] EAST = {1, 0};
    private static final float[] NORTH = {0, 1};
    private static final float[] BETWEEN = {0.7071f, 0.7071f};

    private static AgentVectors all(float[]... passages) {
        return new AgentVectors(passages, new float[0][]);
    }

    /** Of one in two, beside whom ten are thought. */
    private static double points(double part) {
        return 4 * Math.log(0.3 + (2 * 2 * part + 10) / 12);
    }

    @Test
    void is_the_same_for_all_that_are_near_to_as_much_as_the_others() {
        double[] pull = Pull.of(List.of(all(EAST, EAST), all(NORTH, NORTH)), new float[][] {EAST, NORTH});
        assertThat(pull[0]).isCloseTo(pull[1], within(1e-9)).isCloseTo(4 * Math.log(1.3), within(1e-9));
    }

    @Test
    void is_more_for_who_is_near_to_what_is_asked_than_for_who_is_not() {
        double[] pull = Pull.of(List.of(all(EAST, EAST), all(NORTH, NORTH)), new float[][] {EAST, EAST, EAST, NORTH});
        assertThat(pull[0]).isCloseTo(points(0.75), within(1e-6));
        assertThat(pull[1]).isCloseTo(points(0.25), within(1e-6));
    }

    @Test
    void never_makes_much_better_what_nobody_asks_for() {
        double[] pull = Pull.of(List.of(all(EAST, EAST), all(NORTH, NORTH)), new float[][] {EAST});
        assertThat(pull[1]).isCloseTo(points(0), within(1e-6));
    }

    @Test
    void goes_by_the_three_nearest_passages_as_the_router_does() {
        AgentVectors wide = all(BETWEEN, NORTH, EAST, NORTH, BETWEEN, EAST);
        AgentVectors asNear = all(BETWEEN, EAST, EAST, BETWEEN);
        double[] pull = Pull.of(List.of(wide, asNear), new float[][] {EAST});
        assertThat(wide.body(EAST)).isCloseTo(asNear.body(EAST), within(1e-6));
        assertThat(pull[0]).isCloseTo(pull[1], within(1e-5));
    }

    @Test
    void goes_by_the_headline_of_who_has_no_body() {
        double[] pull = Pull.of(List.of(all(EAST), all(EAST, EAST)), new float[][] {EAST, NORTH});
        assertThat(pull[0]).isCloseTo(pull[1], within(1e-6));
    }

    @Test
    void is_nothing_where_no_tasks_are_known_or_nobody_is_there() {
        assertThat(Pull.of(List.of(all(EAST)), new float[0][])).containsExactly(0);
        assertThat(Pull.of(List.of(), new float[][] {EAST})).isEmpty();
    }
}
