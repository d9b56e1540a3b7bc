package dev.yardmaster.agent;

import java.util.concurrent.Semaphore;

/** What all agents of a runtime work through. @param seats for agents that work for others */
record Equipment(GuardedCalls guarded, Interceptors interceptors, Semaphore seats) {}
