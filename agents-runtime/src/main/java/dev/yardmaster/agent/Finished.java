package dev.yardmaster.agent;

import dev.yardmaster.event.Json;
import java.util.Optional;

/** An agent's finished work. @param answer its structured answer, when one was asked for */
record Finished(AgentResult result, Optional<Json> answer) {

    /** The same with something more in its words. */
    Finished telling(String more) {
        return more.isEmpty() ? this : new Finished(result.telling(more), answer);
    }
}
