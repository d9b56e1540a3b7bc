package dev.yardmaster.model;

import com.google.re2j.Pattern;
import dev.yardmaster.event.Usage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Replies written down beforehand, by agent, in order. The file format is described in docs/scripts.md.
 *
 * @param source where it was read from, for messages
 * @param agents the replies of each agent
 * @param usage the token counts of a reply that has none of its own
 */
record Script(String source, Map<String, List<Reply>> agents, Usage usage) {

    Script {
        agents = new LinkedHashMap<>(agents);
    }

    /**
     * @param say what the model says; may be empty
     * @param calls the tools it calls, in order
     * @param captures what to remember from the results of these calls: the first group, or the whole match
     */
    record Reply(String say, List<Call> calls, Map<String, Pattern> captures, Optional<Usage> usage) {}

    /** @param arguments strings, numbers, booleans, lists and maps */
    record Call(String tool, Map<String, Object> arguments) {}

    /** @throws InvalidScriptException when it cannot be read or is no script; names every problem */
    static Script read(Path file) {
        return ScriptReader.read(file);
    }

    /** @throws InvalidScriptException when it is no script; names every problem */
    static Script parse(String yaml, String source) {
        return new ScriptReader(source).parse(yaml);
    }
}
