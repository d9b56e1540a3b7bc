package dev.yardmaster.examples.endpoint;

import dev.yardmaster.examples.endpoint.AuditReport.Severity;
import java.util.List;
import java.util.stream.Stream;

/** Whether the work is accepted, and what stands against it. */
public record Acceptance(boolean accepted, List<String> reasons) {

    public Acceptance {
        reasons = List.copyOf(reasons);
    }

    /** No defect, no failed test, no finding above low. */
    static Acceptance of(TestReport tests, AuditReport findings) {
        List<String> reasons = Stream.concat(
                        tests.defects().stream(),
                        findings.findings().stream()
                                .filter(finding -> finding.severity() != Severity.LOW)
                                .map(finding -> finding.where() + ": " + finding.text()))
                .toList();
        return new Acceptance(reasons.isEmpty() && tests.failed() == 0, reasons);
    }
}
