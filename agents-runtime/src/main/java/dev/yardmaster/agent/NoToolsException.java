package dev.yardmaster.agent;

import dev.yardmaster.event.YardmasterException;
import java.util.List;

/** An agent's file names tools, and none of them is to be had here. */
public final class NoToolsException extends YardmasterException {

    NoToolsException(String agent, String source, List<String> named, List<String> available) {
        super("agent '" + agent + "' would start without any tool: none of those that " + source
                + " names is available here ("
                + String.join(", ", named) + "). Available: " + String.join(", ", available)
                + ". Correct its tools line, or add the missing tools to the runtime");
    }
}
