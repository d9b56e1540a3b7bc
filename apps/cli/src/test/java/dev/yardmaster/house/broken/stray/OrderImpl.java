package dev.yardmaster.house.broken.stray;

/** In a package that no row holds, under a name that says nothing. */
public class OrderImpl {}
