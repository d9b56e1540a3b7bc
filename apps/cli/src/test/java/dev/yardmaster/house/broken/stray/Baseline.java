package dev.yardmaster.house.broken.stray;

/** A name that only looks like a forbidden one. */
class Baseline {

    /** Names inside of a type are its own affair. */
    static class Impl {}
}
