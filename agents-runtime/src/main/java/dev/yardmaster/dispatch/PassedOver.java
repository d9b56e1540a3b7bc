package dev.yardmaster.dispatch;

/**
 * A specialist that fits a task better than the chosen one, and cannot work here.
 *
 * @param agent its name
 * @param why what it lacks
 */
public record PassedOver(String agent, String why) {}
