package dev.yardmaster.routing;

/** Finds the specialist that fits a task. Thread-safe; does not block. */
@FunctionalInterface
public interface Router {

    /** The candidates for a task and, unless none fits, the chosen one. */
    Match route(String task);
}
