package dev.yardmaster.benchmark;

import dev.yardmaster.benchmark.subject.Contender;
import java.util.EnumMap;
import java.util.Map;

/**
 * One line of the table.
 *
 * @param title what was measured
 * @param unit of the values; {@code ratio} where a value is one already and is not divided by ours
 * @param reach what ours is to reach
 */
record Line(String title, String unit, String reach, Map<Contender, Figure> figures) {

    /** A measured value, or why there is none. */
    sealed interface Figure {
        record Value(double value) implements Figure {}

        record None(String why) implements Figure {}
    }

    static Line of(String title, String unit, String reach) {
        return new Line(title, unit, reach, new EnumMap<>(Contender.class));
    }

    void put(Contender contender, Figure figure) {
        figures.put(contender, figure);
    }

    boolean isRatio() {
        return unit.equals("ratio");
    }

    /** For each contender what {@code combined} makes of its values in two lines; nothing where it has not both. */
    static Line ratio(String title, String reach, Line above, Line below, double factor) {
        Line ratio = of(title, "ratio", reach);
        above.figures.forEach((contender, figure) -> {
            if (figure instanceof Figure.Value over && below.figures.get(contender) instanceof Figure.Value under) {
                ratio.put(contender, new Figure.Value(over.value() / under.value() * factor));
            }
        });
        return ratio;
    }
}
