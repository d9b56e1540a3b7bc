package dev.yardmaster.model;

import com.google.re2j.Pattern;
import dev.yardmaster.event.Usage;
import java.math.BigDecimal;
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
 * @param tasks what agents reply instead when their task holds a text; the first that fits counts
 * @param usage the token counts of a reply that has none of its own
 * @param dollars what each reply is said to cost; empty for nothing
 */
record Script(
        String name,
        String source,
        Map<String, List<Reply>> agents,
        List<Task> tasks,
        Usage usage,
        Optional<BigDecimal> dollars) {

    /** The variable that holds what the agent was given to do, without the context that comes below it. */
    static final String TASK = "task";

    Script {
        agents = Collections.unmodifiableMap(new LinkedHashMap<>(agents));
        tasks = List.copyOf(tasks);
    }

    /** What an agent replies when its task holds a text. */
    record Task(String agent, String text, List<Reply> replies) {
        Task {
            replies = List.copyOf(replies);
        }
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
