package dev.yardmaster.examples.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What the security review found. */
public record AuditReport(
        List<Finding> findings,
        @JsonPropertyDescription("what was not looked at") String notExamined) {

    /** How bad it is. */
    public enum Severity {
        LOW,
        MEDIUM,
        HIGH
    }

    /** @param where path and line */
    public record Finding(
            @JsonPropertyDescription("path and line, such as app/server.py:12")
            String where,

            Severity severity,
            String text) {}

    public AuditReport {
        findings = List.copyOf(findings);
    }
}
