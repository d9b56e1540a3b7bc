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
 * @param worktrees whether subtasks that change something work at once, each in a git worktree; one after another in the
 *     workspace unless set
 */
public record PlanOptions(boolean approval, int maxSubtasks, int revisions, Budget each, boolean worktrees) {

    public PlanOptions {
        if (maxSubtasks < 1 || revisions < 0) {
            throw new IllegalArgumentException(
                    "a plan has 1 subtask or more and 0 revisions or more: " + maxSubtasks + ", " + revisions);
        }
    }

    public static PlanOptions defaults() {
        return new PlanOptions(false, 12, 1, Budget.unlimited(), false);
    }

    /** A person is asked before a plan runs, and before a revised one does. */
    public PlanOptions withApproval() {
        return new PlanOptions(true, maxSubtasks, revisions, each, worktrees);
    }

    public PlanOptions withMaxSubtasks(int most) {
        return new PlanOptions(approval, most, revisions, each, worktrees);
    }

    public PlanOptions withRevisions(int times) {
        return new PlanOptions(approval, maxSubtasks, times, each, worktrees);
    }

    public PlanOptions withBudgetOfEach(Budget most) {
        return new PlanOptions(approval, maxSubtasks, revisions, most, worktrees);
    }

    /**
     * Subtasks that change something work at once where they do not need each other, each in a git worktree of its own that
     * begins with what the subtasks before it did. When all are over, what they changed is merged into the workspace in
     * the plan's order. The workspace has to be in a git repository.
     */
    public PlanOptions withWorktrees() {
        return new PlanOptions(approval, maxSubtasks, revisions, each, true);
    }
}
