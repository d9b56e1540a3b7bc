package dev.yardmaster.event;

/**
 * Four fifths of a budget are used up; told once for each of its limits.
 *
 * @param at where the budget is: the run, or the execution it is inside of
 * @param whose the run, or an agent
 * @param used how much, in words
 * @param limit how much it may be, in words
 */
public record BudgetLow(NodePath at, String whose, Budget.Measure measure, String used, String limit)
        implements RunEvent.Live {}
