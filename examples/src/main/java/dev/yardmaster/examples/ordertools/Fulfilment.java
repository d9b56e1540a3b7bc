package dev.yardmaster.examples.ordertools;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What became of an order. */
public record Fulfilment(
        List<Line> lines,
        @JsonPropertyDescription("of the reserved pieces") int totalCents) {

    /** @param missing pieces that could not be reserved */
    public record Line(String item, int reserved, int missing) {}

    public Fulfilment {
        lines = List.copyOf(lines);
    }

    boolean isComplete() {
        return lines.stream().allMatch(line -> line.missing() == 0);
    }
}
