package dev.yardmaster.agent;

import dev.yardmaster.event.YardmasterException;

/** An agent was stopped before it was done: it ran out of turns, or went in circles. */
public final class AgentStoppedException extends YardmasterException {

    AgentStoppedException(String message) {
        super(message);
    }
}
