package dev.yardmaster.model;

import com.google.re2j.Pattern;
import dev.yardmaster.event.Usage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Replies written down beforehand, by agent, in order. The file format is described in docs/scripts.md.
 *
 * @param name what it is called
 * @param source where it was read from, for messages
 * @param agents the replies of each agent
 * @param usage the token counts of a reply that has none of its own
 */
record Script(String name, String source, Map<String, List<Reply>> agents, Usage usage) {

    Script {
        agents = Collections.unmodifiableMap(new LinkedHashMap<>(agents));
    }

    /**
     * @param say what the model says; may be empty
     * @param calls the tools it calls, in order
     * @param captures what to remember from the results of these calls: the first group, or the whole match
     */
    record Reply(String say, List<Call> calls, Map<String, Pattern> captures, Optional<Usage> usage) {
        Reply {
            calls = List.copyOf(calls);
            captures = Collections.unmodifiableMap(new LinkedHashMap<>(captures));
        }
    }

    /** @param arguments strings, numbers, booleans, lists, maps, and the JSON null */
    record Call(String tool, Map<String, Object> arguments) {
        Call {
            arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
        }
    }
}
