package dev.yardmaster.cli.output;

import dev.yardmaster.agent.ChecklistReport;
import dev.yardmaster.agent.ChecklistReport.Verdict;
import java.util.ArrayList;

/** Checklists in words. */
final class ChecklistText {

    private ChecklistText() {}

    /** {@code 8 done, 1 does not apply, 2 open}. */
    static String counts(ChecklistReport report) {
        var parts = new ArrayList<String>();
        parts.add(count(report, Verdict.DONE) + " done");
        long notApplicable = count(report, Verdict.NOT_APPLICABLE);
        if (notApplicable > 0) {
            parts.add(notApplicable + (notApplicable == 1 ? " does not apply" : " do not apply"));
        }
        if (!report.open().isEmpty()) {
            parts.add(report.open().size() + " open");
        }
        return String.join(", ", parts);
    }

    private static long count(ChecklistReport report, Verdict verdict) {
        return report.items().stream().filter(item -> item.verdict() == verdict).count();
    }
}
