package dev.yardmaster.dispatch;

import dev.yardmaster.event.Budget;

/**
 * How plans are made and run. Immutable: the {@code with…} methods give a changed copy.
 *
 * @param approval whether a person is asked before a plan runs; not unless set
 * @param maxSubtasks more subtasks than this are refused; 12 unless set
 * @param revisions how often a plan is made anew when a subtask failed; once unless set
 * @param each how much one attempt at a subtask may use up, within the run's budget; unlimited unless set. When it is used up
 *     the attempt has failed, and another specialist may try
 */
public record PlanOptions(boolean approval, int maxSubtasks, int revisions, Budget each) {

    public PlanOptions {
        if (maxSubtasks < 1 || revisions < 0) {
            throw new IllegalArgumentException(
                    "a plan has 1 subtask or more and 0 revisions or more: " + maxSubtasks + ", " + revisions);
        }
    }

    public static PlanOptions defaults() {
        return new PlanOptions(false, 12, 1, Budget.unlimited());
    }

    /** A person is asked before a plan runs, and before a revised one does. */
    public PlanOptions withApproval() {
        return new PlanOptions(true, maxSubtasks, revisions, each);
    }

    public PlanOptions withMaxSubtasks(int most) {
        return new PlanOptions(approval, most, revisions, each);
    }

    public PlanOptions withRevisions(int times) {
        return new PlanOptions(approval, maxSubtasks, times, each);
    }

    public PlanOptions withBudgetOfEach(Budget most) {
        return new PlanOptions(approval, maxSubtasks, revisions, most);
    }
}
