package dev.yardmaster.agent;

/** What all agents of a runtime work through. */
record Equipment(GuardedCalls guarded, Interceptors interceptors) {}
