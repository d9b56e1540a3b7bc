package dev.yardmaster.router.onnx.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** In a small world where the texts of an agent are a quarter turn away from its tasks, in each pair of dimensions. */
class DescentTest {

    private static final int DIMENSIONS = 12;

    private final Random random = new Random(7);
    private final List<Choice> learned = world(60);
    private final List<Choice> heldOut = world(30);

    /** As many agents, with a task each. */
    private List<Choice> world(int agents) {
        List<float[]> tasks = new ArrayList<>();
        List<float[]> texts = new ArrayList<>();
        for (int n = 0; n < agents; n++) {
            float[] task = new float[DIMENSIONS];
            float[] text = new float[DIMENSIONS];
            double length = 0;
            for (int i = 0; i < DIMENSIONS; i++) {
                task[i] = (float) random.nextGaussian();
                length += task[i] * task[i];
            }
            for (int i = 0; i < DIMENSIONS; i++) {
                task[i] /= (float) Math.sqrt(length);
            }
            for (int i = 0; i < DIMENSIONS; i += 2) {
                text[i] = 60 * (-task[i + 1] + noise());
                text[i + 1] = 60 * (task[i] + noise());
            }
            tasks.add(task);
            texts.add(text);
        }
        var choices = new ArrayList<Choice>();
        for (int n = 0; n < agents; n++) {
            var candidates = new ArrayList<>(texts);
            candidates.addFirst(candidates.remove(n));
            double[] fixed = random.doubles(agents, 0, 5).toArray();
            choices.add(new Choice("agent " + n, tasks.get(n), fixed, candidates.toArray(float[][]::new)));
        }
        return choices;
    }

    private float noise() {
        return (float) (0.05 * random.nextGaussian());
    }

    private static double right(TurnedMap map, List<Choice> choices) {
        long right = choices.stream()
                .filter(each -> {
                    double[] shares = each.shares(map.apply(each.task()), 6);
                    for (double share : shares) {
                        if (share > shares[0]) {
                            return false;
                        }
                    }
                    return true;
                })
                .count();
        return (double) right / choices.size();
    }

    @Test
    void what_is_learned_holds_for_agents_that_it_was_not_learned_from() {
        TurnedMap identity = TurnedMap.identity(DIMENSIONS);
        TurnedMap map = new Descent(learned).learn();
        assertThat(right(identity, heldOut)).isLessThan(0.2);
        assertThat(right(map, heldOut)).isGreaterThan(0.9);
        assertThat(Descent.surprise(map, heldOut)).isLessThan(0.5 * Descent.surprise(identity, heldOut));
    }

    @Test
    void the_quarter_turn_itself_is_found() {
        TurnedMap map = new Descent(learned).learn();
        for (int i = 0; i < DIMENSIONS; i += 2) {
            double[] sought = map.apply(unit(i));
            for (int k = 0; k < DIMENSIONS; k++) {
                if (k != i + 1) {
                    assertThat(sought[i + 1]).as("%d to %d", i, k).isGreaterThan(Math.abs(sought[k]));
                }
            }
        }
    }

    private static float[] unit(int dimension) {
        float[] unit = new float[DIMENSIONS];
        unit[dimension] = 1;
        return unit;
    }

    @Test
    void the_gradient_is_that_of_the_loss() {
        var descent = new Descent(learned);
        TurnedMap somewhere = TurnedMap.identity(DIMENSIONS);
        for (double[] column : somewhere.columns()) {
            for (int i = 0; i < DIMENSIONS; i++) {
                column[i] += 0.3 * random.nextGaussian();
            }
        }
        double[][] gradient = descent.gradient(somewhere);
        double step = 1e-5;
        for (int j = 0; j < DIMENSIONS; j++) {
            for (int i = 0; i < DIMENSIONS; i++) {
                double here = somewhere.columns()[j][i];
                somewhere.columns()[j][i] = here + step;
                double above = descent.loss(somewhere);
                somewhere.columns()[j][i] = here - step;
                double below = descent.loss(somewhere);
                somewhere.columns()[j][i] = here;
                assertThat(gradient[j][i])
                        .as("from %d to %d", j, i)
                        .isCloseTo((above - below) / step / 2, within(1e-6));
            }
        }
    }

    @Test
    void the_same_tasks_make_the_same_file() {
        assertThat(new Descent(learned).learn().halves())
                .isEqualTo(new Descent(learned).learn().halves());
    }

    @Test
    void learns_nothing_from_nothing() {
        assertThatThrownBy(() -> new Descent(List.of())).hasMessage("there is no task to learn from");
    }
}
