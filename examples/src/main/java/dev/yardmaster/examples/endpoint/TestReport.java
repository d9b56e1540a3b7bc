package dev.yardmaster.examples.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What the tester found. */
public record TestReport(
        @JsonPropertyDescription("how many tests ran in the last run of the whole suite")
        int ran,

        @JsonPropertyDescription("how many of them failed") int failed,

        @JsonPropertyDescription("steps, expected and actual result of each; empty when none is left")
        List<String> defects) {
    public TestReport {
        defects = List.copyOf(defects);
    }
}
