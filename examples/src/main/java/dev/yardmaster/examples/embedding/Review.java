package dev.yardmaster.examples.embedding;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What the application wants to know of a change. */
public record Review(
        @JsonPropertyDescription("whether the change may be merged as it is")
        boolean mergeable,

        @JsonPropertyDescription("what stands against it; empty when nothing does")
        List<Remark> remarks) {

    /** How much a remark matters. */
    public enum Weight {
        BLOCKING,
        ADVICE
    }

    /** @param file relative to the repository's root */
    public record Remark(String file, Weight weight, String text) {}

    public Review {
        remarks = List.copyOf(remarks);
        if (mergeable && remarks.stream().anyMatch(remark -> remark.weight() == Weight.BLOCKING)) {
            throw new IllegalArgumentException("a change with a BLOCKING remark is not mergeable");
        }
    }
}
