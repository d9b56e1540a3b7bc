package dev.yardmaster.agent;

import dev.yardmaster.event.NodePath;
import dev.yardmaster.model.Message;
import dev.yardmaster.run.RunView;
import dev.yardmaster.tool.Sighting;
import java.util.List;
import java.util.Optional;

/**
 * The messages between an agent and its model, as a run recorded them.
 *
 * @param agent the agent's name
 * @param model the full name of the model it worked on
 * @param at the execution it worked in
 * @param scope the scopes of the agents above it, ending in a slash; empty for an agent that is a node of its own
 * @param messages as its model was told them last: the system message first, a summary where an earlier part was too long; every call in it has a result, one that says so when none was recorded
 * @param seen what the agent knows of files from its calls, in order
 */
public record Transcript(
        String agent, String model, NodePath at, String scope, List<Message> messages, List<Sighting> seen) {

    public Transcript {
        seen = List.copyOf(seen);
        messages = List.copyOf(messages);
    }

    /** The transcripts of all agents that worked in a run, in the order in which they began. */
    public static List<Transcript> allOf(RunView run) {
        return new TranscriptFold(run).transcripts();
    }

    /** The transcript of the agent that began last, agents that work for another one left out. */
    public static Optional<Transcript> lastOf(RunView run) {
        return allOf(run).stream().filter(each -> each.scope().isEmpty()).reduce((first, second) -> second);
    }
}
