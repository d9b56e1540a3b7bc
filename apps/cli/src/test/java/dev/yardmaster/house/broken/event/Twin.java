package dev.yardmaster.house.broken.event;

/** There is another of this name. */
public class Twin {}
