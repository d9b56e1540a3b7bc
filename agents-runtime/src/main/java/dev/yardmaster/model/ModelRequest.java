package dev.yardmaster.model;

import java.util.List;

/**
 * What a model is asked.
 *
 * @param agent the name of the agent that asks; a scripted model finds its replies by it
 * @param messages the transcript so far, the system message first
 * @param tools what it may call
 */
public record ModelRequest(String agent, List<Message> messages, List<ToolSchema> tools) {
    public ModelRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }
}
